package dev.countersign.server;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.server.config.Config;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.server.refusal.RequestEdge;
import dev.countersign.server.refusal.Route;
import dev.countersign.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** A running authorization server. What it is made of stands in {@link Wiring}. */
public final class AuthorizationServer implements AutoCloseable {
  private final HttpsServer https;
  private final Sweeper sweeper;
  private final ClientReload clients;

  private AuthorizationServer(HttpsServer https, Sweeper sweeper, ClientReload clients) {
    this.https = https;
    this.sweeper = sweeper;
    this.clients = clients;
  }

  /**
   * As {@link #start(Config, Store, Jose, InstantSource, SecureRandom, ServerMetrics)}, unmeasured.
   */
  public static AuthorizationServer start(
      Config config, Store store, Jose jose, InstantSource clock, SecureRandom random)
      throws CannotListenException, InvalidTlsIdentityException {
    return start(config, store, jose, clock, random, ServerMetrics.nowhere());
  }

  /**
   * Starts the server; it answers when this returns. Keys that the store does not have yet are made
   * and kept first.
   *
   * @param store stays open when the server closes
   * @param clock the time of every request
   * @param metrics what is measured, and where it goes
   * @throws CannotListenException if the port is busy or the address is not ours
   * @throws InvalidTlsIdentityException if the certificate or its key cannot be used
   */
  public static AuthorizationServer start(
      Config config,
      Store store,
      Jose jose,
      InstantSource clock,
      SecureRandom random,
      ServerMetrics metrics)
      throws CannotListenException, InvalidTlsIdentityException {
    TlsIdentity identity = TlsIdentity.ofPem(config.tls().certificate(), config.tls().key());
    Store metered = metrics.over(store);
    Wiring wiring = new Wiring(config, metered, jose, clock, random, metrics);
    List<Route> routes = wiring.routes();
    HttpsServer https =
        HttpsServer.builder()
            .bind(config.listen().host(), config.listen().port())
            .tls(identity)
            .maxBody(RequestEdge.MAX_BODY)
            .handler(new RequestEdge(routes, clock, random, metrics.requests()))
            .start();
    metrics.certificate(identity.notAfter(), clock);
    metrics.connections(https::connections);
    Sweeper sweeper = new Sweeper(metered, clock);
    sweeper.start();
    ClientReload clients = wiring.clientReload();
    clients.start();
    return new AuthorizationServer(https, sweeper, clients);
  }

  /**
   * The whole server for a host that listens itself, under the issuer's address. Keys that the
   * store does not have yet are made and kept first; the store is not swept, and clients stay as
   * the configuration has them.
   *
   * @param config whose {@code listen} and {@code tls} are left to the host
   * @param refusals told of every refusal, on the thread of its request
   */
  public static Handler handler(
      Config config,
      Store store,
      Jose jose,
      InstantSource clock,
      SecureRandom random,
      Consumer<Refusal> refusals) {
    List<Route> routes =
        new Wiring(config, store, jose, clock, random, ServerMetrics.nowhere()).routes();
    return new RequestEdge(routes, clock, random, request -> request.refusal().ifPresent(refusals));
  }

  /** The port it listens on, the one found if the configuration says 0. */
  public int port() {
    return https.port();
  }

  /**
   * Takes over at once what the files that register clients say now, as it otherwise happens every
   * {@code clients_reload}. It is in effect when this returns; what is wrong stands in the log.
   */
  public void reloadClients() {
    clients.now();
  }

  /**
   * Still answers everybody, but asks clients to come back elsewhere: the way to {@link #close}.
   */
  public void drain() {
    https.drain();
  }

  /** Lets the requests under way end, then stops. The store stays open. */
  @Override
  public void close() {
    clients.close();
    sweeper.close();
    https.close();
  }
}
