package dev.countersign.attacker.wire;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The first bytes of a content. The rest is not read, and the connection is given up for it. */
final class CutContent implements BodySubscriber<byte[]> {
  private final int most;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> content = new CompletableFuture<>();
  private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();

  /** At most so many bytes. */
  CutContent(int most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return content;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source.complete(subscription);
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] next = new byte[Math.min(buffer.remaining(), most - kept.size())];
      buffer.get(next);
      kept.writeBytes(next);
    }
    if (kept.size() < most) {
      source.join().request(1);
    } else {
      source.join().cancel();
      onComplete();
    }
  }

  @Override
  public void onError(Throwable broken) {
    content.completeExceptionally(broken);
  }

  @Override
  public void onComplete() {
    content.complete(kept.toByteArray());
  }
}
