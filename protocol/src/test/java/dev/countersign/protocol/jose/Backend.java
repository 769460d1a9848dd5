package dev.countersign.protocol.jose;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;

/** The two ways cryptography reaches us; every test of it runs on both. */
enum Backend {
  JDK,
  ACCP;

  /** A fresh object; the test is skipped, with the reason, where the provider does not load. */
  Jose jose() {
    if (this == JDK) {
      return Jose.jdk();
    }
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    assumeTrue(
        provider.getLoadingError() == null,
        () -> "Amazon Corretto Crypto Provider does not load: " + provider.getLoadingError());
    return Jose.with(provider);
  }
}
