package dev.countersign.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.mtls.CertificateRules;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.mtls.SubjectRule;
import dev.countersign.requirement.Requirement;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose certificate it is, by each kind of name, with certificates that another library made. */
class SubjectRuleTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static X509Certificate of(String subject) {
    return TestCertificate.selfSigned(subject).make().certificate();
  }

  /** The subject of the certificate stands in the order of its encoding: the country first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C=CH,O=Example,CN=app              | CN=app,O=Example,C=CH",
        "C=CH,O=Example,CN=app              | cn=APP , o = example,c=ch",
        "C=CH,O=Example Bank AG,CN=app      | CN=app,O=Example  Bank   AG,C=CH",
        "C=CH,O=Example,CN=app              | CN=app,O=\\ Example\\ ,C=CH",
        "C=CH,O=Example,CN=app              | 2.5.4.3=app,2.5.4.10=Example,C=CH",
        "C=CH,O=Example\\, Inc.,CN=a\\+b   | CN=a\\+b,O=Example\\, Inc.,C=CH",
        "C=CH,O=Example\\, Inc.,CN=app      | CN=app,O=Example\\2C Inc.,C=CH",
        "C=CH,O=Bäckerei Müller,CN=app      | CN=app,O=BÄCKEREI MÜLLER,C=CH",
        "C=CH,O=Bäckerei Müller,CN=app      | CN=app,O=B\\C3\\A4ckerei M\\C3\\BCller,C=CH",
        "C=CH,O=Straße,CN=app               | CN=app,O=STRASSE,C=CH",
        "C=CH,O=Example,CN=app+UID=7        | UID=7+CN=app,O=Example,C=CH",
        "C=CH,CN=app                        | 2.5.4.03=app,C=CH",
        "DC=com,DC=example,UID=7            | UID=7,DC=EXAMPLE,DC=com",
        "C=CH,CN=app,E=a@example.com        | EMAILADDRESS=A@example.com,CN=app,C=CH",
        "C=CH,CN=app,organizationIdentifier=PSDCH-FINMA-1 |"
            + " organizationIdentifier=PSDCH-FINMA-1,CN=app,C=CH",
        "C=CH,CN=app,SERIALNUMBER=7,BusinessCategory=Private Organization |"
            + " businessCategory=private organization,serialNumber=7,CN=app,C=CH"
      })
  @Requirement({"MT-2"})
  void takesTheSameNameHoweverItIsWritten(String certificate, String registered) {
    assertThat(new SubjectRule.SubjectDn(registered).matches(of(certificate))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "C=CH,O=Example,CN=app              | C=CH,O=Example,CN=app",
        "C=CH,O=Example,CN=app              | CN=app,O=Example",
        "C=CH,O=Example,CN=app              | CN=app,O=Example,C=CH,C=CH",
        "C=CH,O=Example,CN=app              | CN=app,OU=Example,C=CH",
        "C=CH,O=Example,CN=app              | CN=app,O=Exam ple,C=CH",
        "C=CH,O=Example,CN=app+UID=7        | CN=app,O=Example,C=CH",
        "C=CH,O=Example,CN=app+UID=7        | CN=app,UID=7,O=Example,C=CH",
        "C=CH,O=Example,CN=app+UID=7        | CN=app+UID=8,O=Example,C=CH",
        "C=CH,CN=app\\,O=Example           | CN=app,O=Example,C=CH",
        "C=CH,O=Muller,CN=app               | CN=app,O=Müller,C=CH"
      })
  @Requirement({"MT-2"})
  void refusesAnotherName(String certificate, String registered) {
    assertThat(new SubjectRule.SubjectDn(registered).matches(of(certificate))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "app", "CN", "=app", "CN=app,", "CN=app,O", "NONE=app"})
  @Requirement({"MT-2"})
  void refusesToRegisterWhatIsNoName(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new SubjectRule.SubjectDn(text));
  }

  /** What somebody registers may be anything, line ends included. */
  @Test
  void saysNothingOfWhatIsNoName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SubjectRule.SubjectDn("whatever\nthey=send"))
        .withMessage("not a distinguished name (MT-2)");
  }

  @Test
  @Requirement({"MT-2"})
  void looksForEachKindOfNameAmongItsOwn() {
    X509Certificate one =
        TestCertificate.selfSigned("CN=app.example.com")
            .uri("https://app.example.com/")
            .email("app@example.com")
            .make()
            .certificate();
    assertThat(new SubjectRule.SanDns("app.example.com").matches(one)).isFalse();
    assertThat(new SubjectRule.SanUri("https://app.example.com/").matches(one)).isTrue();
    assertThat(new SubjectRule.SanUri("https://app.example.com").matches(one)).isFalse();
    assertThat(new SubjectRule.SanEmail("app@EXAMPLE.com").matches(one)).isTrue();
    assertThat(new SubjectRule.SanEmail("App@example.com").matches(one)).isFalse();
    assertThat(new SubjectRule.SanIp("192.0.2.7").matches(one)).isFalse();
    assertThat(new SubjectRule.SanDns("app.example.com").matches(of("CN=app.example.com")))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "2001:db8::7, 2001:DB8:0:0:0:0:0:7",
    "2001:db8::7, 2001:db8::0.0.0.7",
    "::1, 0:0:0:0:0:0:0:1"
  })
  @Requirement({"MT-2"})
  void comparesAddressesByTheirBits(String certificate, String registered) {
    X509Certificate one = TestCertificate.selfSigned("CN=any").ip(certificate).make().certificate();
    assertThat(new SubjectRule.SanIp(registered).matches(one)).isTrue();
    assertThat(new SubjectRule.SanIp("192.0.2.8").matches(one)).isFalse();
    assertThat(new SubjectRule.SanIp("2001:db8::8").matches(one)).isFalse();
  }

  @Test
  @Requirement({"MT-3", "MT-4"})
  void aCertificateIsGoodFromItsFirstSecondToItsLast() {
    Instant last = NOW.plusSeconds(60);
    ClientCertificate shown =
        ClientCertificate.of(TestCertificate.selfSigned("CN=app").valid(NOW, last).make().chain())
            .orElseThrow();
    assertThat(CertificateRules.unfit(shown, NOW.minusSeconds(1))).isPresent();
    assertThat(CertificateRules.unfit(shown, NOW)).isEmpty();
    assertThat(CertificateRules.unfit(shown, last)).isEmpty();
    assertThat(CertificateRules.unfit(shown, last.plusSeconds(1))).isPresent();
  }

  @Test
  @Requirement({"MT-4"})
  void aCertificateMustBeForSignaturesOfClientsIfItSaysWhatItIsFor() {
    assertThat(unfit(TestCertificate.selfSigned("CN=app").toAgree())).isTrue();
    assertThat(unfit(TestCertificate.selfSigned("CN=app").toAgree().toSign())).isFalse();
    assertThat(unfit(TestCertificate.selfSigned("CN=app").forServers())).isTrue();
    assertThat(unfit(TestCertificate.selfSigned("CN=app").forServers().forClients())).isFalse();
  }

  private static ClientCertificate now(TestCertificate certificate) {
    return ClientCertificate.of(
            certificate.valid(NOW.minusSeconds(60), NOW.plusSeconds(60)).make().chain())
        .orElseThrow();
  }

  private static boolean unfit(TestCertificate certificate) {
    return CertificateRules.unfit(now(certificate), NOW).isPresent();
  }

  @Test
  @Requirement({"MT-2", "TLS-5"})
  void noWeakSignatureLeadsToAnAuthority() {
    TestTls authority = TestCertificate.selfSigned("CN=ca").authority().make();
    List<X509Certificate> trusted = List.of(authority.certificate());
    TestCertificate good = TestCertificate.signedBy(authority, "CN=app");
    assertThat(CertificateRules.leadsTo(trusted, now(good), NOW)).isTrue();
    assertThat(CertificateRules.leadsTo(trusted, now(good.weakly()), NOW)).isFalse();
  }

  @Test
  @Requirement({"MT-2"})
  void leadsNowhereWithoutAnyAuthority() {
    ClientCertificate shown =
        ClientCertificate.of(TestCertificate.selfSigned("CN=app").make().chain()).orElseThrow();
    assertThat(CertificateRules.leadsTo(List.of(), shown, NOW)).isFalse();
  }
}
