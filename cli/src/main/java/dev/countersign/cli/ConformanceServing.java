package dev.countersign.cli;

import dev.countersign.demo.suite.SuiteApi;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.server.config.Config;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;

/**
 * An authorization server as {@code serve} runs it, and the API that the suite calls beside it. The
 * API asks the server in the same process, so that it refuses a token from the moment on that it
 * was ended.
 */
final class ConformanceServing implements AutoCloseable {
  private final Serving server;
  private final SuiteApi api;

  private ConformanceServing(Serving server, SuiteApi api) {
    this.server = server;
    this.api = api;
  }

  /**
   * Starts both.
   *
   * @param file where the configuration came from, for what is said of it
   * @throws CommandFailure if store, certificate or a port cannot be used
   */
  static ConformanceServing start(Path file, Config config, Jose jose) throws CommandFailure {
    Serving server = Serving.start(file, config, jose);
    try {
      return new ConformanceServing(
          server,
          SuiteApi.start(
              config,
              new SuiteApi.Beside(server.store(), server.standing()),
              jose,
              InstantSource.system(),
              new SecureRandom()));
    } catch (CannotListenException e) {
      server.close();
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    } catch (InvalidTlsIdentityException e) {
      server.close();
      throw new CommandFailure(ExitCode.USAGE, file + ": tls: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** What a person wants to know of it: a word, and what it stands for. */
  Map<String, String> summary() {
    Map<String, String> facts = server.summary();
    facts.put("API", api.resource().toString());
    return facts;
  }

  @Override
  public void close() {
    try (Serving _ = server) {
      api.close();
    }
  }
}
