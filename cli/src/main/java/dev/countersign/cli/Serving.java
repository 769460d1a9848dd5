package dev.countersign.cli;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.Config;
import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import dev.countersign.store.sql.SqliteStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** A running authorization server with its store. Closing it stops both, the server first. */
final class Serving implements AutoCloseable {
  private final Config config;
  private final Jose jose;
  private final Store store;
  private final AuthorizationServer server;

  private Serving(Config config, Jose jose, Store store, AuthorizationServer server) {
    this.config = config;
    this.jose = jose;
    this.store = store;
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
    try {
      AuthorizationServer server =
          AuthorizationServer.start(
              config, store, jose, InstantSource.system(), new SecureRandom());
      return new Serving(config, jose, store, server);
    } catch (CannotListenException e) {
      store.close();
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    } catch (InvalidTlsIdentityException e) {
      store.close();
      throw new CommandFailure(ExitCode.USAGE, file + ": tls: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      store.close();
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

  /** The port it listens on. */
  int port() {
    return server.port();
  }

  /** What a person wants to know of it, in lines. */
  List<String> summary() {
    return List.of(
        "Countersign " + Version.number(),
        "  listens on  https://" + config.listen().host() + ":" + server.port(),
        "  issuer      " + config.issuer().value(),
        "  metadata    " + config.issuer().openIdConfiguration(),
        "  store       " + config.store(),
        "  crypto      " + jose.providerName());
  }

  @Override
  public void close() {
    server.close();
    store.close();
  }
}
