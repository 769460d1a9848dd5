package dev.countersign.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.testkit.TestTls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateLookTest {
  private static final Issuer ISSUER = new Issuer("https://localhost:8443");

  private final Instant end = TestTls.LOCALHOST.certificate().getNotAfter().toInstant();

  private static CertificateLook look(TestTls tls, Instant now) {
    try {
      return new CertificateLook(TlsIdentity.of(List.of(tls.certificate()), tls.key()), now);
    } catch (InvalidTlsIdentityException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> faults(String names, String issuer) {
    TestTls tls = TestTls.forHost(names.split(" "));
    Instant now = tls.certificate().getNotAfter().toInstant();
    return look(tls, now).faults(new Issuer(issuer));
  }

  @ParameterizedTest
  @CsvSource({
    "auth.example.com,       https://auth.example.com",
    "auth.example.com,       https://AUTH.example.com:8443/bank",
    "x.example auth.example, https://auth.example",
    "*.example.com,          https://auth.example.com",
    "127.0.0.1,              https://127.0.0.1:8443"
  })
  void takesACertificateThatNamesTheIssuersHost(String names, String issuer) {
    assertThat(faults(names, issuer)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "auth.example.com, https://auth.example.org",
    "auth.example.com, https://example.com",
    "example.com,      https://auth.example.com",
    "*.example.com,    https://example.com",
    "*.example.com,    https://a.auth.example.com",
    "*.example.com,    https://authexample.com",
    "127.0.0.1,        https://127.0.0.2",
    "localhost,        https://127.0.0.1",
    "localhost,        https://[::1]"
  })
  void refusesACertificateThatDoesNot(String names, String issuer) {
    assertThat(faults(names, issuer))
        .singleElement()
        .asString()
        .contains("does not name " + new Issuer(issuer).uri().getHost(), names);
  }

  @Test
  void takesACertificateInItsLastSecondAndNotASecondLater() {
    assertThat(look(TestTls.LOCALHOST, end).faults(ISSUER)).isEmpty();
    assertThat(look(TestTls.LOCALHOST, end.plusSeconds(1)).faults(ISSUER))
        .singleElement()
        .asString()
        .startsWith("expired on 2");
  }

  @Test
  void refusesACertificateBeforeItsTime() {
    Instant begin = TestTls.LOCALHOST.certificate().getNotBefore().toInstant();
    assertThat(look(TestTls.LOCALHOST, begin).faults(ISSUER)).isEmpty();
    assertThat(look(TestTls.LOCALHOST, begin.minusSeconds(1)).faults(ISSUER))
        .singleElement()
        .asString()
        .contains("not valid before");
  }

  @Test
  void warnsInTheLastThirtyDays() {
    Instant thirty = end.minus(Duration.ofDays(30));
    assertThat(look(TestTls.LOCALHOST, thirty).warnings()).noneMatch(w -> w.contains("expires"));
    assertThat(look(TestTls.LOCALHOST, thirty.plusSeconds(1)).warnings())
        .anyMatch(warning -> warning.startsWith("expires in 29 days, on 2"));
  }

  @Test
  void warnsOfACertificateThatSignedItself() {
    assertThat(look(TestTls.LOCALHOST, end).warnings())
        .anyMatch(warning -> warning.contains("signed by itself"));
  }
}
