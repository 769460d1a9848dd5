package dev.countersign.cli;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import dev.countersign.protocol.jose.Jose;
import java.security.Provider;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the crypto provider, once for the process. It is handed down inside a {@link Jose} and
 * never installed for the whole JVM, so TLS stays with the JDK: its implementation looks for its
 * algorithms among the installed providers only.
 */
final class Crypto {
  private static final Logger LOG = LoggerFactory.getLogger(Crypto.class);

  private final Supplier<Trial> accp;

  /** Chooses between the providers of this machine. */
  Crypto() {
    this(Crypto::tryAccp);
  }

  /** Chooses between the JDK and what {@code accp} finds, for tests. */
  Crypto(Supplier<Trial> accp) {
    this.accp = accp;
  }

  /**
   * What came of trying a provider.
   *
   * @param provider present if it loads and passes its own test
   * @param fault why not, otherwise
   */
  record Trial(Optional<Provider> provider, String fault) {}

  /**
   * The cryptography to use; says in the log which one it is.
   *
   * @throws CommandFailure if the wanted provider does not work here
   */
  Jose choose(CryptoChoice choice) throws CommandFailure {
    Jose jose =
        switch (choice) {
          case JDK -> Jose.jdk();
          case ACCP -> wanted(accp.get());
          case AUTO -> best(accp.get());
        };
    LOG.info("cryptography by {}", jose.providerName());
    return jose;
  }

  private static Jose wanted(Trial trial) throws CommandFailure {
    return trial
        .provider()
        .map(Jose::with)
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.UNAVAILABLE,
                    "The Amazon Corretto Crypto Provider does not work here ("
                        + trial.fault()
                        + "): choose --crypto=jdk or --crypto=auto."));
  }

  private static Jose best(Trial trial) {
    if (trial.provider().isEmpty()) {
      LOG.info("the Amazon Corretto Crypto Provider does not work here: {}", trial.fault());
    }
    return trial.provider().map(Jose::with).orElseGet(Jose::jdk);
  }

  private static Trial tryAccp() {
    try {
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      if (provider.getLoadingError() != null) {
        return new Trial(Optional.empty(), "its native library does not load");
      }
      return provider.runSelfTests() == SelfTestStatus.PASSED
          ? new Trial(Optional.of(provider), "")
          : new Trial(Optional.empty(), "it does not pass its own test");
    } catch (LinkageError e) {
      return new Trial(Optional.empty(), "it cannot be loaded");
    }
  }
}
