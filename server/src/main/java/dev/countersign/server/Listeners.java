package dev.countersign.server;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.ClientCertificates;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ListenAddress;
import dev.countersign.server.config.MtlsConfig;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.server.refusal.RequestEdge;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Where the server listens: for everybody, and perhaps for clients with a certificate. */
final class Listeners implements AutoCloseable {
  private final Listener main;
  private final Optional<Listener> mtls;

  private Listeners(Listener main, Optional<Listener> mtls) {
    this.main = main;
    this.mtls = mtls;
  }

  /**
   * Opens both; neither stays open if the other cannot be opened.
   *
   * @param handler answers the first
   * @param mtlsHandler answers the second
   * @param clock the time that answers tell
   * @throws CannotListenException if a port is busy or an address is not ours
   * @throws InvalidTlsIdentityException if a certificate or its key cannot be used
   */
  static Listeners start(Config config, Handler handler, Handler mtlsHandler, InstantSource clock)
      throws CannotListenException, InvalidTlsIdentityException {
    Listener main =
        Listener.start(
            "main", config.tls(), server(config, config.listen(), clock).handler(handler));
    if (config.mtls().isEmpty()) {
      return new Listeners(main, Optional.empty());
    }
    MtlsConfig second = config.mtls().get();
    HttpsServer.Builder server =
        server(config, second.listen(), clock)
            .clientCertificates(ClientCertificates.WANTED)
            .handler(mtlsHandler);
    try {
      Listener mtls = Listener.start("mtls", second.tls().orElse(config.tls()), server);
      return new Listeners(main, Optional.of(mtls));
    } catch (CannotListenException | InvalidTlsIdentityException | RuntimeException e) {
      main.close();
      throw e;
    }
  }

  private static HttpsServer.Builder server(Config config, ListenAddress at, InstantSource clock) {
    return HttpsServer.builder()
        .bind(at.host(), at.port())
        .maxBody(RequestEdge.MAX_BODY)
        .trustedProxies(config.proxies())
        .clock(clock);
  }

  /** Shows what there is to know of each. */
  void measure(ServerMetrics metrics, InstantSource clock) {
    all()
        .forEach(
            listener -> {
              metrics.certificate(listener.name(), listener::notAfter, clock);
              metrics.connections(listener.name(), listener::connections);
            });
  }

  List<Listener> all() {
    return Stream.concat(Stream.of(main), mtls.stream()).toList();
  }

  int port() {
    return main.port();
  }

  OptionalInt mtlsPort() {
    return mtls.stream().mapToInt(Listener::port).findFirst();
  }

  void drain() {
    all().forEach(Listener::drain);
  }

  /** Both at once, so that a stop takes no longer than one of them may take. */
  @Override
  public void close() {
    CompletableFuture.allOf(
            all().stream()
                .map(
                    listener ->
                        CompletableFuture.runAsync(
                            listener::close, task -> Thread.ofPlatform().start(task)))
                .toArray(CompletableFuture[]::new))
        .join();
  }
}
