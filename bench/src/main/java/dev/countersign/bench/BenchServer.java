package dev.countersign.bench;

import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * The authorization server in a process of its own, so that its CPU time can be told apart. Says
 * its port on standard error, then serves until its standard input ends.
 */
public final class BenchServer {
  private BenchServer() {}

  /** Serves by the {@code countersign.yaml} in the folder that is the one argument. */
  public static void main(String[] arguments)
      throws IOException, ConfigException, CannotListenException, InvalidTlsIdentityException {
    Config config = ConfigFile.read(Path.of(arguments[0], "countersign.yaml"));
    Jose jose = BenchCrypto.jose();
    try (Store store = SqliteStore.open(config.store());
        AuthorizationServer server =
            AuthorizationServer.start(
                config, store, jose, InstantSource.system(), new SecureRandom())) {
      System.err.println(server.port());
      while (System.in.read() >= 0) {
        // Nobody says anything; the end of the input is the end of the measurement.
      }
    }
  }
}
