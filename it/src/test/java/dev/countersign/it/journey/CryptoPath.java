package dev.countersign.it.journey;

import static org.junit.jupiter.api.Assumptions.abort;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import dev.countersign.protocol.jose.Jose;

/** Who does the cryptography of everybody. */
enum CryptoPath {
  JDK {
    @Override
    Jose jose() {
      return Jose.jdk();
    }
  },
  CORRETTO {
    @Override
    Jose jose() {
      AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
      Throwable fault = provider.getLoadingError();
      if (fault != null) {
        return abort("the Amazon Corretto Crypto Provider does not load here: " + fault);
      }
      if (provider.runSelfTests() != SelfTestStatus.PASSED) {
        return abort("the Amazon Corretto Crypto Provider does not pass its own test here");
      }
      return Jose.with(provider);
    }
  };

  /** Its cryptography; where it does not work, the test is skipped and says why. */
  abstract Jose jose();
}
