package dev.countersign.server.management;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.PlainHttpServer;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.server.config.ListenAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** The listener for probes and metrics. */
public final class ManagementServer implements AutoCloseable {
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PlainHttpServer http;

  private ManagementServer(PlainHttpServer http) {
    this.http = http;
  }

  /**
   * Starts the listener; it answers when this returns.
   *
   * @param metrics all numbers of now in Prometheus' text format
   * @throws CannotListenException if the port is busy or the address is not ours
   */
  public static ManagementServer start(
      ListenAddress listen, Readiness readiness, Supplier<String> metrics)
      throws CannotListenException {
    Handler answers = request -> answer(request, readiness, metrics);
    return new ManagementServer(PlainHttpServer.start(listen.host(), listen.port(), answers));
  }

  private static HttpResponse answer(
      HttpRequest request, Readiness readiness, Supplier<String> metrics) {
    Optional<Supplier<HttpResponse>> found =
        switch (request.path()) {
          case "/livez" -> Optional.of(() -> status(200, "alive"));
          case "/readyz" -> Optional.of(() -> readiness(readiness));
          case "/metrics" ->
              Optional.of(() -> HttpResponse.of(200, METRICS_TYPE, metrics.get().getBytes(UTF_8)));
          default -> Optional.empty();
        };
    if (found.isEmpty()) {
      return HttpResponse.empty(404);
    }
    return request.method().equals("GET")
        ? found.get().get()
        : HttpResponse.empty(405).with("Allow", "GET");
  }

  private static HttpResponse readiness(Readiness readiness) {
    return readiness
        .failed()
        .map(
            check ->
                HttpResponse.json(
                    503,
                    JsonObject.builder()
                        .put("status", "not ready")
                        .put("failed", check.label())
                        .build()))
        .orElseGet(() -> status(200, "ready"));
  }

  private static HttpResponse status(int code, String word) {
    return HttpResponse.json(code, JsonObject.builder().put("status", word).build());
  }

  /** The port it listens on, the one found if 0 was asked for. */
  public int port() {
    return http.port();
  }

  /** Stops listening. */
  @Override
  public void close() {
    http.close();
  }
}
