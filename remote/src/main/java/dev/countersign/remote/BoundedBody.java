package dev.countersign.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Collects a body up to a bound and ends the transfer as soon as it is passed, so that a sender
 * cannot fill the memory. A body of exactly the bound is taken.
 *
 * <p>One instance collects one body; the HTTP client calls it from one thread at a time.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final int maxBytes;
  private final CompletableFuture<byte[]> result = new CompletableFuture<>();
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    if (result.isDone()) {
      return;
    }
    for (ByteBuffer buffer : buffers) {
      if (buffer.remaining() > maxBytes - collected.size()) {
        stop();
        return;
      }
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      collected.writeBytes(part);
    }
  }

  private void stop() {
    Flow.Subscription running = subscription;
    if (running != null) {
      running.cancel();
    }
    result.completeExceptionally(new TooLargeException());
  }

  @Override
  public void onError(Throwable fault) {
    result.completeExceptionally(fault);
  }

  @Override
  public void onComplete() {
    result.complete(collected.toByteArray());
  }

  /** The bound was passed. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("the body is larger than allowed");
    }
  }
}
