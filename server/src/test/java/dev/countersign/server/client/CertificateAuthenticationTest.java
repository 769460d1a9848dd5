package dev.countersign.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.MutualTlsTest;
import dev.countersign.server.kit.CertificateClient;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in by a certificate, and by which. */
class CertificateAuthenticationTest extends MutualTlsTest {
  private static final String REFUSED = "401 invalid_client";
  private static final String BOUND = "tls_client_certificate_bound_access_tokens: true";
  private static final String BY_AUTHORITY = "token_endpoint_auth_method: tls_client_auth";
  private static final String DN = "C=CH,O=Example Bank,CN=The App";

  private static final TestTls OTHER_AUTHORITY =
      TestCertificate.selfSigned("CN=Client Authority").authority().make();
  private static final TestTls GOOD = signed(DN).forClients().toSign().make();
  private static final TestTls SELF = TestCertificate.selfSigned("CN=self").make();
  private static final TestTls OUTDATED =
      TestCertificate.selfSigned("CN=outdated")
          .valid(
              java.time.Instant.parse("2025-01-01T00:00:00Z"),
              java.time.Instant.parse("2026-02-01T00:00:00Z"))
          .make();

  private static TestCertificate signed(String subject) {
    return TestCertificate.signedBy(AUTHORITY, subject);
  }

  @Override
  protected String clients() {
    return client(
            "by-dn",
            BY_AUTHORITY,
            BOUND,
            "tls_client_auth_subject_dn: 'CN=the app, O=EXAMPLE BANK, C=CH'")
        + client("by-dns", BY_AUTHORITY, BOUND, "tls_client_auth_san_dns: App.example.com")
        + client("by-uri", BY_AUTHORITY, BOUND, "tls_client_auth_san_uri: 'https://a.example/id'")
        + client("by-ip", BY_AUTHORITY, BOUND, "tls_client_auth_san_ip: '192.0.2.7'")
        + client("by-ipv6", BY_AUTHORITY, BOUND, "tls_client_auth_san_ip: '2001:db8::7'")
        + client("by-email", BY_AUTHORITY, BOUND, "tls_client_auth_san_email: App@Example.com")
        + client(
            "self",
            "token_endpoint_auth_method: self_signed_tls_client_auth",
            BOUND,
            "jwks: " + CertificateClient.jwks(SELF, SELF))
        + client(
            "outdated",
            "token_endpoint_auth_method: self_signed_tls_client_auth",
            BOUND,
            "jwks: " + CertificateClient.jwks(OUTDATED, OUTDATED));
  }

  @Override
  protected String change(String yaml) {
    return yaml.replace(
        "resource_servers:\n",
        """
        resource_servers:
          - client_id: api-by-certificate
            resources: ['https://api.example.com']
            token_endpoint_auth_method: tls_client_auth
            tls_client_auth_san_dns: api.example.com
        """);
  }

  static Stream<Arguments> subjects() {
    return Stream.of(
        Arguments.of("by-dn", signed(DN), signed("C=CH,O=Example Bank,CN=Another App")),
        Arguments.of(
            "by-dn",
            signed("C=CH,O=example bank,CN=THE APP"),
            signed("CN=The App,O=Example Bank,C=CH")),
        Arguments.of("by-dn", signed(DN), signed(DN + ",OU=More")),
        Arguments.of(
            "by-dns",
            signed("CN=any").dns("other.example.com").dns("app.EXAMPLE.com"),
            signed("CN=app.example.com").dns("*.example.com").uri("app.example.com")),
        Arguments.of(
            "by-uri",
            signed("CN=any").uri("https://a.example/id"),
            signed("CN=any").uri("https://a.example/ID").dns("a.example")),
        Arguments.of(
            "by-ip",
            signed("CN=any").ip("192.0.2.7"),
            signed("CN=192.0.2.7").ip("192.0.2.70").dns("192.0.2.7")),
        Arguments.of(
            "by-ipv6",
            signed("CN=any").ip("2001:0DB8:0:0::0007"),
            signed("CN=any").ip("2001:db8::8").dns("app.example.com")),
        Arguments.of(
            "by-email",
            signed("CN=any").email("App@EXAMPLE.com"),
            signed("CN=any").email("app@example.com")));
  }

  @ParameterizedTest
  @MethodSource("subjects")
  @Requirement({"MT-1", "MT-2", "SP-5.3.2.1-6"})
  void takesTheRegisteredSubjectAndNoOther(String id, TestCertificate good, TestCertificate wrong) {
    assertThat(token(id, good.make()).status()).isEqualTo(200);
    assertThat(token(id, wrong.make()).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("MT-2");
  }

  @Test
  @Requirement({"MT-2", "MT-4"})
  void refusesTheRightSubjectFromAnotherAuthority() {
    TestTls byAnother = TestCertificate.signedBy(OTHER_AUTHORITY, DN).make();
    assertThat(token("by-dn", byAnother).outcome()).isEqualTo(REFUSED);
    assertThat(token("by-dn", TestCertificate.selfSigned(DN).make()).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("MT-2");
    assertThat(server.logged("detail").orElseThrow()).contains("no trusted authority");
  }

  @Test
  @Requirement({"MT-2"})
  void takesAChainOverAnIntermediateAuthorityAndNotOverAClient() {
    TestTls between = signed("CN=Between").authority().make();
    assertThat(token("by-dn", TestCertificate.signedBy(between, DN).make()).status())
        .isEqualTo(200);
    TestTls noAuthority = signed("CN=A mere client").make();
    assertThat(token("by-dn", TestCertificate.signedBy(noAuthority, DN).make()).outcome())
        .isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"MT-2", "MT-4"})
  void judgesTheDatesByTheTimeOfTheRequest() {
    Duration day = Duration.ofDays(1);
    TestTls valid = signed(DN).valid(server.now().minus(day), server.now().plus(day)).make();
    assertThat(token("by-dn", valid).status()).isEqualTo(200);
    TestTls expired =
        signed(DN).valid(server.now().minus(day), server.now().minusSeconds(1)).make();
    assertThat(token("by-dn", expired).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("expired");
    TestTls early = signed(DN).valid(server.now().plusSeconds(2), server.now().plus(day)).make();
    assertThat(token("by-dn", early).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("not valid yet");
  }

  @Test
  @Requirement({"MT-2"})
  void refusesCertificatesThatAreNotForClientsOrWeaklySigned() {
    assertThat(token("by-dn", signed(DN).forServers().forClients().make()).status()).isEqualTo(200);
    assertThat(token("by-dn", signed(DN).forServers().make()).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("extended key usage");
    assertThat(token("by-dn", signed(DN).weakly().make()).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"MT-4", "CA-4"})
  void refusesAClientWithoutCertificateAsItRefusesAStranger() {
    Reply none = without().post("/token", own("by-dn"));
    assertThat(none.outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("MT-4");
    Reply wrong = token("by-dn", SELF);
    Reply unknown = token("nobody", GOOD);
    assertThat(wrong.outcome()).isEqualTo(REFUSED);
    assertThat(none.text()).isEqualTo(unknown.text()).isEqualTo(wrong.text());
  }

  @Test
  @Requirement({"MT-1"})
  void refusesACertificateWithoutAClientId() {
    Params request = own("by-dn").without("client_id");
    assertThat(by(GOOD).post("/token", request).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"MT-3", "SP-5.3.2.1-6"})
  void takesTheSelfSignedCertificateThatIsRegisteredAndNoOther() {
    assertThat(token("self", SELF).status()).isEqualTo(200);
    TestTls sameName = TestCertificate.selfSigned("CN=self").make();
    assertThat(token("self", sameName).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("MT-3");
    assertThat(token("self", GOOD).outcome()).isEqualTo(REFUSED);
    assertThat(without().post("/token", own("self")).outcome()).isEqualTo(REFUSED);
    assertThat(token("by-dn", SELF).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"MT-3", "MT-4"})
  void refusesARegisteredCertificateThatHasExpired() {
    assertThat(token("outdated", OUTDATED).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("expired");
  }

  @Test
  @Requirement({"CA-7"})
  void refusesACertificateAndAnotherMethodInOneRequest() {
    TestClient app = server.app();
    Params assertion = app.authenticatedBy(app.assertion());
    assertThat(by(GOOD).post("/token", own("by-dn").and(assertion)).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("CA-7");
    assertThat(by(GOOD).post("/token", own("by-dn").and("client_secret", "s")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"MT-4", "SP-5.3.2.1-6"})
  void refusesAnAssertionInPlaceOfTheRegisteredCertificate() {
    TestClient impostor = server.impostor(new dev.countersign.protocol.oauth.ClientId("self"));
    Params assertion = impostor.authenticatedBy(impostor.assertion());
    assertThat(without().post("/token", own("self").and(assertion)).outcome()).isEqualTo(REFUSED);
    Params unnamed = own("self").without("client_id").and(assertion);
    assertThat(without().post("/token", unnamed).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"CA-7", "MT-7"})
  void aCertificateBesideAnAssertionIsNoSecondMethod() {
    TestClient app = server.app();
    Params request = own("app").and(app.authenticatedBy(app.assertion()));
    String proof = app.proof("POST", server.url("/token"));
    assertThat(by(GOOD).post("/token", request, proof).status()).isEqualTo(200);
    assertThat(by(GOOD).post("/token", own("app")).outcome()).isEqualTo(REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"by-dn", "self"})
  @Requirement({"MT-1", "MT-2", "MT-3", "PAR-2", "RV-1"})
  void authenticatesAtEveryEndpoint(String id) {
    CertificateClient good = by(id.equals("self") ? SELF : GOOD);
    CertificateClient wrong = by(id.equals("self") ? GOOD : SELF);
    Params pushed = server.other().authorizationRequest().with("client_id", id);
    assertThat(good.post("/par", pushed).status()).isEqualTo(201);
    assertThat(wrong.post("/par", pushed).outcome()).isEqualTo(REFUSED);
    String token = good.post("/token", own(id)).string("access_token");
    Params end = Params.of("token", token, "client_id", id);
    assertThat(wrong.post("/revoke", end).outcome()).isEqualTo(REFUSED);
    assertThat(good.post("/revoke", end).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"IN-1", "MT-2", "MT-5"})
  void authenticatesAResourceServerThatAsks() throws Exception {
    String token = token("by-dn", GOOD).string("access_token");
    Params asked = Params.of("token", token, "client_id", "api-by-certificate");
    TestTls api = signed("CN=api").dns("api.example.com").make();
    Reply answer = by(api).post("/introspect", asked);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().bool("active")).contains(true);
    assertThat(answer.string("token_type")).isEqualTo("Bearer");
    assertThat(answer.json().object("cnf").orElseThrow().names())
        .isEqualTo(java.util.Set.copyOf(List.of("x5t#S256")));
    assertThat(by(GOOD).post("/introspect", asked).outcome()).isEqualTo(REFUSED);
  }
}
