package dev.countersign.server;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.Handler;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.server.config.Config;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.server.refusal.RequestEdge;
import dev.countersign.server.refusal.Route;
import dev.countersign.store.Store;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A running authorization server. What it is made of stands in {@link Wiring}. */
public final class AuthorizationServer implements AutoCloseable {
  private final Listeners listeners;
  private final Sweeper sweeper;
  private final CertificateWatch certificates;
  private final ClientReload clients;
  private final TokenStanding standing;

  private AuthorizationServer(
      Listeners listeners,
      Sweeper sweeper,
      CertificateWatch certificates,
      ClientReload clients,
      TokenStanding standing) {
    this.listeners = listeners;
    this.sweeper = sweeper;
    this.certificates = certificates;
    this.clients = clients;
    this.standing = standing;
  }

  /**
   * The whole server for a host that listens itself.
   *
   * @param handler answers all requests
   * @param standing says whether tokens stand, to APIs of the host
   */
  public record Hosted(Handler handler, TokenStanding standing) {}

  /**
   * As {@link #start(Config, Store, Jose, InstantSource, SecureRandom, ServerMetrics)}, unmeasured.
   */
  public static AuthorizationServer start(
      Config config, Store store, Jose jose, InstantSource clock, SecureRandom random)
      throws CannotListenException, InvalidTlsIdentityException {
    return start(config, store, jose, clock, random, ServerMetrics.nowhere());
  }

  /**
   * Starts the server; it answers when this returns, on both listeners if there are two. Keys that
   * the store does not have yet are made and kept first.
   *
   * @param store stays open when the server closes
   * @param clock the time of every request
   * @param metrics what is measured, and where it goes
   * @throws CannotListenException if a port is busy or an address is not ours
   * @throws InvalidTlsIdentityException if a certificate or its key cannot be used
   */
  public static AuthorizationServer start(
      Config config,
      Store store,
      Jose jose,
      InstantSource clock,
      SecureRandom random,
      ServerMetrics metrics)
      throws CannotListenException, InvalidTlsIdentityException {
    Store metered = metrics.over(store);
    Wiring wiring = new Wiring(config, metered, jose, clock, random, metrics);
    List<Route> routes = wiring.routes();
    Listeners listeners =
        Listeners.start(
            config,
            new RequestEdge(routes, clock, random, metrics.requests()),
            new RequestEdge(Routes.backChannel(routes), clock, random, metrics.requests()),
            clock);
    listeners.measure(metrics, clock);
    Sweeper sweeper = new Sweeper(metered, wiring.registrationSweep(), clock);
    sweeper.start();
    CertificateWatch watch = new CertificateWatch(listeners.all(), clock);
    watch.start();
    ClientReload clients = wiring.clientReload();
    clients.start();
    return new AuthorizationServer(listeners, sweeper, watch, clients, wiring.standing());
  }

  /**
   * The whole server for a host that listens itself, under the issuer's address. Keys that the
   * store does not have yet are made and kept first; the store is not swept, unused registrations
   * do not end, and clients stay as the configuration has them.
   *
   * @param config whose {@code listen} and {@code tls} are left to the host
   * @param refusals told of every refusal, on the thread of its request
   */
  public static Hosted hosted(
      Config config,
      Store store,
      Jose jose,
      InstantSource clock,
      SecureRandom random,
      Consumer<Refusal> refusals) {
    Wiring wiring = new Wiring(config, store, jose, clock, random, ServerMetrics.nowhere());
    return new Hosted(
        new RequestEdge(
            wiring.routes(), clock, random, request -> request.refusal().ifPresent(refusals)),
        wiring.standing());
  }

  /** Says whether tokens of this server stand, to APIs in the same process. */
  public TokenStanding standing() {
    return standing;
  }

  /** The port it listens on, the one found if the configuration says 0. */
  public int port() {
    return listeners.port();
  }

  /** The port of the second listener, which asks for certificates; empty if there is none. */
  public OptionalInt mtlsPort() {
    return listeners.mtlsPort();
  }

  /**
   * Takes over at once what the files that register clients say now, as it otherwise happens every
   * {@code clients_reload}. It is in effect when this returns; what is wrong stands in the log.
   */
  public void reloadClients() {
    clients.now();
  }

  /**
   * Removes at once what is over, as it otherwise happens every minute: expired rows, and
   * registrations of clients that never came.
   */
  public void sweep() {
    sweeper.sweep();
  }

  /**
   * Still answers everybody, but asks clients to come back elsewhere: the way to {@link #close}.
   */
  public void drain() {
    listeners.drain();
  }

  /** Lets the requests under way end, then stops. The store stays open. */
  @Override
  public void close() {
    clients.close();
    sweeper.close();
    certificates.close();
    listeners.close();
  }
}
