package dev.countersign.cli;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.Config;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import dev.countersign.store.sql.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A running authorization server with its store and, where it is asked for, its management port.
 * Closing it stops all in order.
 */
final class Serving implements AutoCloseable {
  private final Config config;
  private final Jose jose;
  private final Store store;
  private final Optional<Management> management;
  private final AuthorizationServer server;

  private Serving(
      Config config,
      Jose jose,
      Store store,
      Optional<Management> management,
      AuthorizationServer server) {
    this.config = config;
    this.jose = jose;
    this.store = store;
    this.management = management;
    this.server = server;
  }

  /**
   * Opens the store and starts the server.
   *
   * @param file where the configuration came from, for what is said of it
   * @throws CommandFailure if store, certificate or port cannot be used
   */
  static Serving start(Path file, Config config, Jose jose) throws CommandFailure {
    Store store = open(config);
    Optional<Management> management = Optional.empty();
    try {
      management = Management.start(config.management(), store, InstantSource.system());
      ServerMetrics metrics = management.map(Management::metrics).orElseGet(ServerMetrics::nowhere);
      AuthorizationServer server =
          AuthorizationServer.start(
              config, store, jose, InstantSource.system(), new SecureRandom(), metrics);
      management.ifPresent(Management::started);
      return new Serving(config, jose, store, management, server);
    } catch (CannotListenException e) {
      letGo(store, management);
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    } catch (InvalidTlsIdentityException e) {
      letGo(store, management);
      throw new CommandFailure(ExitCode.USAGE, file + ": tls: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      letGo(store, management);
      throw e;
    }
  }

  private static Store open(Config config) throws CommandFailure {
    try {
      return SqliteStore.open(config.store());
    } catch (StoreException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static void letGo(Store store, Optional<Management> management) {
    store.close();
    management.ifPresent(Management::close);
  }

  /** The port it listens on. */
  int port() {
    return server.port();
  }

  /** What it keeps all in; open as long as it is. */
  Store store() {
    return store;
  }

  /** Says whether its tokens stand, to an API in the same process. */
  TokenStanding standing() {
    return server.standing();
  }

  /** What a person wants to know of it: a word, and what it stands for. */
  Map<String, String> summary() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("listens on", "https://" + config.listen().authority(server.port()));
    config
        .mtls()
        .ifPresent(
            mtls ->
                facts.put(
                    "mtls",
                    "https://"
                        + mtls.listen().authority(server.mtlsPort().orElseThrow())
                        + ", known as "
                        + mtls.origin()));
    facts.put("issuer", config.issuer().value());
    facts.put("metadata", config.issuer().openIdConfiguration().toString());
    facts.put("store", config.store().toString());
    management.ifPresent(listener -> facts.put("management", listener.address()));
    facts.put("crypto", jose.providerName());
    return facts;
  }

  /**
   * Says that it is not ready, waits for that to be noticed, takes no more connections, lets the
   * requests under way end, and closes the store. Probes are answered until the end.
   */
  @Override
  public void close() {
    management.ifPresent(Management::drain);
    server.drain();
    pause(config.management().drainDelay());
    try {
      server.close();
    } finally {
      letGo(store, management);
    }
  }

  /** An interruption ends the wait and nothing else: what was begun is brought to its end. */
  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
