package dev.countersign.demo.tour;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.RefusedRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Somebody in front of the bank through whom all messages go, in plain text, both ways: a proxy
 * that was taken over. Hands everything on as it is until it is told to change something, once.
 * Safe for any number of threads.
 */
final class Relay {
  private final Map<String, HttpResponse> seen = new ConcurrentHashMap<>();
  private final AtomicReference<Trick> next = new AtomicReference<>(new Trick.None());

  private sealed interface Trick {
    /** Hands on. */
    record None() implements Trick {}

    /** Changes a text in the content of a request; both have the same length. */
    record Change(String from, String to) implements Trick {}

    /** Gives the first answer that there was at this place in place of the one to the request. */
    record Swap() implements Trick {}
  }

  /** Changes this text in the next request. */
  void change(String from, String to) {
    next.set(new Trick.Change(from, to));
  }

  /** Answers the next request with what the bank answered to the first one at the same place. */
  void swap() {
    next.set(new Trick.Swap());
  }

  /** The bank, as the world sees it. */
  Handler before(Handler bank) {
    return new Handler() {
      @Override
      public HttpResponse handle(HttpRequest request) throws Exception {
        return switch (next.getAndSet(new Trick.None())) {
          case Trick.None() -> handOn(bank, request);
          case Trick.Change(String from, String to) -> bank.handle(changed(request, from, to));
          case Trick.Swap() -> {
            HttpResponse right = bank.handle(request);
            yield seen.getOrDefault(request.path(), right);
          }
        };
      }

      @Override
      public Optional<HttpResponse> refuse(RefusedRequest request) {
        return bank.refuse(request);
      }
    };
  }

  private HttpResponse handOn(Handler bank, HttpRequest request) throws Exception {
    HttpResponse response = bank.handle(request);
    if (response.status() == 200) {
      seen.putIfAbsent(request.path(), response);
    }
    return response;
  }

  private static HttpRequest changed(HttpRequest request, String from, String to) {
    String content = new String(request.body(), UTF_8).replace(from, to);
    return new HttpRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers(),
        content.getBytes(UTF_8),
        request.remoteAddress(),
        request.clientCertificates());
  }
}
