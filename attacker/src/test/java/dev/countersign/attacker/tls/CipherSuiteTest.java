package dev.countersign.attacker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.tls.CipherSuite.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CipherSuiteTest {
  @Test
  void recommendsFourSuitesBeforeTls13() {
    assertThat(CipherSuite.BEFORE_TLS_1_3)
        .filteredOn(suite -> suite.standing() == Standing.RECOMMENDED)
        .extracting(CipherSuite::code)
        .containsExactly(0xc02b, 0xc02c, 0xc02f, 0xc030);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_RSA_WITH_NULL_SHA,FORBIDDEN",
    "TLS_RSA_EXPORT_WITH_RC4_40_MD5,FORBIDDEN",
    "TLS_RSA_WITH_AES_128_GCM_SHA256,FORBIDDEN",
    "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,FORBIDDEN",
    "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256,FORBIDDEN",
    "TLS_ECDH_anon_WITH_AES_128_CBC_SHA,FORBIDDEN",
    "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,FORBIDDEN",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,ALLOWED",
    "TLS_ECDHE_ECDSA_WITH_AES_128_CCM,ALLOWED",
  })
  void knowsHowASuiteStands(String name, Standing standing) {
    assertThat(CipherSuite.BEFORE_TLS_1_3)
        .filteredOn(suite -> suite.name().equals(name))
        .extracting(CipherSuite::standing)
        .containsExactly(standing);
  }

  @Test
  void namesAnUnknownSuiteByItsCodeAndForbidsIt() {
    CipherSuite unknown = CipherSuite.of(0xfedc);
    assertThat(unknown.name()).isEqualTo("0xfedc");
    assertThat(unknown.standing()).isEqualTo(Standing.FORBIDDEN);
  }
}
