package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.KeyPairGenerator;
import java.security.Provider;
import org.junit.jupiter.api.Test;

class CryptoProviderTest {
  @Test
  void loadsWhereItsPlatformIs() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(System.getProperty("os.arch").equals("amd64"));
    Class<?> type =
        Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
    Provider provider = (Provider) type.getField("INSTANCE").get(null);
    assertThat(KeyPairGenerator.getInstance("EC", provider).generateKeyPair()).isNotNull();
  }
}
