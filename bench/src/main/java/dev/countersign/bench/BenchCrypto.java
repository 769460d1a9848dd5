package dev.countersign.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.countersign.protocol.jose.Jose;
import java.security.Provider;
import java.util.Optional;

/** The crypto provider that {@code countersign serve} would choose on this machine. */
final class BenchCrypto {
  private BenchCrypto() {}

  /** Empty where the JDK does it. */
  static Optional<Provider> provider() {
    AmazonCorrettoCryptoProvider accp = AmazonCorrettoCryptoProvider.INSTANCE;
    return accp.getLoadingError() == null ? Optional.of(accp) : Optional.empty();
  }

  static Jose jose() {
    return provider().map(Jose::with).orElseGet(Jose::jdk);
  }
}
