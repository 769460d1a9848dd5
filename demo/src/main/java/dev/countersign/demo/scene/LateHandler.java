package dev.countersign.demo.scene;

import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.RefusedRequest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A server's handler that is known only once the server's port is: 503 until then. */
final class LateHandler implements Handler {
  private final AtomicReference<Handler> handler =
      new AtomicReference<>(_ -> HttpResponse.empty(503));

  void set(Handler known) {
    handler.set(known);
  }

  @Override
  public HttpResponse handle(HttpRequest request) throws Exception {
    return handler.get().handle(request);
  }

  @Override
  public Optional<HttpResponse> refuse(RefusedRequest request) {
    return handler.get().refuse(request);
  }
}
