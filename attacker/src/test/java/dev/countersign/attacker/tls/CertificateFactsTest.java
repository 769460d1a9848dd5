package dev.countersign.attacker.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.testkit.TestCertificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateFactsTest {
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2026-02-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "as.example,as.example,true",
    "AS.Example,as.example,true",
    "rs.example,as.example,false",
    "*.example,as.example,true",
    "*.example,a.b.example,false",
    "*.example,example,false",
    "a*.example,as.example,false",
  })
  void comparesTheName(String certified, String host, boolean same) {
    assertThat(facts(TestCertificate.selfSigned("CN=x").dns(certified), host).namesHost())
        .isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,true", "127.0.0.2,false"})
  void comparesTheAddress(String host, boolean same) {
    assertThat(facts(TestCertificate.selfSigned("CN=x").ip("127.0.0.1"), host).namesHost())
        .isEqualTo(same);
  }

  @Test
  void neverLooksAtTheCommonName() {
    assertThat(facts(TestCertificate.selfSigned("CN=as.example"), "as.example").namesHost())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-12-31T23:59:59Z,false",
    "2026-01-01T00:00:00Z,true",
    "2026-02-01T00:00:00Z,true",
    "2026-02-01T00:00:01Z,false",
  })
  void knowsFromWhenToWhenItIsValid(Instant now, boolean valid) {
    assertThat(facts(TestCertificate.selfSigned("CN=x").valid(FIRST, LAST), "x").isValid(now))
        .isEqualTo(valid);
  }

  @Test
  void tellsAWeakSignature() {
    assertThat(facts(TestCertificate.selfSigned("CN=x").weakly(), "x").signatureAlgorithm())
        .isEqualTo("SHA1withECDSA");
  }

  private static CertificateFacts facts(TestCertificate certificate, String host) {
    return new CertificateFacts(host, List.of(certificate.make().certificate()));
  }
}
