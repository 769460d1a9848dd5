package dev.countersign.it.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Predicate;

/** Keeps every exchange of everybody. For any number of threads. */
final class Wire {
  private final List<Exchange> heard = new CopyOnWriteArrayList<>();

  /** All exchanges so far, in order. */
  List<Exchange> all() {
    return List.copyOf(heard);
  }

  /** The newest exchange with this place that meets the condition. */
  Exchange newest(URI url, Predicate<Exchange> condition) {
    return all().reversed().stream()
        .filter(one -> one.url().equals(url) && condition.test(one))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing of the kind was sent to " + url));
  }

  Exchange keep(HttpRequest request, HttpResponse<?> response) {
    Exchange exchange =
        new Exchange(
            request.method(),
            request.uri(),
            request.headers(),
            request.bodyPublisher().map(Wire::text).orElse(""),
            response.statusCode(),
            response.headers(),
            response.body() instanceof byte[] bytes
                ? new String(bytes, UTF_8)
                : String.valueOf(response.body()));
    heard.add(exchange);
    return exchange;
  }

  private static String text(HttpRequest.BodyPublisher body) {
    HttpResponse.BodySubscriber<String> text = HttpResponse.BodySubscribers.ofString(UTF_8);
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            text.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer item) {
            text.onNext(List.of(item));
          }

          @Override
          public void onError(Throwable throwable) {
            text.onError(throwable);
          }

          @Override
          public void onComplete() {
            text.onComplete();
          }
        });
    return text.getBody().toCompletableFuture().join();
  }
}
