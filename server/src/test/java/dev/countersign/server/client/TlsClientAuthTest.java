package dev.countersign.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that show the certificate of an authority, over real TLS. */
@Requirement({"SP-5.3.2.1-6", "MT-2"})
class TlsClientAuthTest {
  private static final String TAKEN = "200";
  private static final String REFUSED = "401 invalid_client";
  private static final String SUBJECT = "C=DE,O=Example Ltd,CN=app";

  private static final TestTls AUTHORITY = authority("CN=Client CA,O=Example");
  private static final TestTls NAMESAKE = authority("CN=Client CA,O=Example");
  private static final TestTls OLD =
      TestCertificate.selfSigned("CN=Old CA")
          .valid(Instant.EPOCH, Instant.EPOCH.plusSeconds(60))
          .authority()
          .make();
  private static final TestTls INTERMEDIATE =
      signed(AUTHORITY, "CN=Intermediate CA,O=Example").authority().make();

  /** What each client registered; its id is the name of the key without the beginning. */
  private static final Map<String, String> REGISTERED =
      Map.of(
          "subject_dn", "CN=app, o=EXAMPLE  ltd,C=DE",
          "san_dns", "app.example.com",
          "san_uri", "https://app.example.com/id",
          "san_ip", "2001:db8::7",
          "san_email", "app@example.com");

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    CertificateHolder.write(folder.resolve("ca.pem"), AUTHORITY, OLD);
    server =
        new TestServer(
            folder,
            yaml ->
                "client_certificate_authorities: ca.pem\n"
                    + CertificateHolder.in(yaml, clients())
                        .replace(
                            "- client_id: api\n",
                            """
                            - client_id: certified-api
                                resources: ['https://api.example.com']
                                token_endpoint_auth_method: tls_client_auth
                                tls_client_auth_san_dns: api.example.com
                              - client_id: api
                            """));
  }

  private static String clients() {
    return REGISTERED.entrySet().stream()
        .map(
            entry ->
                """
                  - client_id: %s
                    name: By Certificate
                    token_endpoint_auth_method: tls_client_auth
                    tls_client_auth_%s: '%s'
                    tls_client_certificate_bound_access_tokens: true
                    redirect_uris: ['https://app.example.com/callback']
                    grant_types: [authorization_code, client_credentials]
                    scope: openid accounts
                """
                    .formatted(entry.getKey(), entry.getKey(), entry.getValue()))
        .collect(Collectors.joining());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestTls authority(String subject) {
    return CertificateHolder.valid(TestCertificate.selfSigned(subject)).authority().make();
  }

  private static TestCertificate signed(TestTls authority, String subject) {
    return CertificateHolder.valid(TestCertificate.signedBy(authority, subject));
  }

  /** A certificate with one name of this kind. */
  private static TestTls named(String kind, String value) {
    TestCertificate plain = signed(AUTHORITY, "CN=somebody");
    return switch (kind) {
      case "subject_dn" -> signed(AUTHORITY, value).make();
      case "san_dns" -> plain.dns(value).make();
      case "san_uri" -> plain.uri(value).make();
      case "san_ip" -> plain.ip(value).make();
      case "san_email" -> plain.email(value).make();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Reply token(String clientId, TestTls shown) {
    return CertificateHolder.of(server, shown).token(clientId);
  }

  private static void refused(TestTls shown, String rule, String detail) {
    assertThat(token("subject_dn", shown).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains(rule);
    assertThat(server.logged("detail").orElseThrow()).contains(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject_dn | C=DE,O=Example Ltd,CN=app",
        "san_dns    | APP.example.com",
        "san_uri    | https://app.example.com/id",
        "san_ip     | 2001:0db8:0:0:0:0:0:7",
        "san_email  | app@EXAMPLE.com"
      })
  @Requirement("MT-1")
  void takesTheCertificateThatWasRegistered(String kind, String value) {
    assertThat(token(kind, named(kind, value)).outcome()).isEqualTo(TAKEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "subject_dn | C=DE,O=Example Ltd,CN=app2",
        "subject_dn | CN=app,O=Example Ltd,C=DE",
        "subject_dn | C=DE,O=Example Ltd,CN=app,CN=app",
        "san_dns    | www.app.example.com",
        "san_dns    | *.example.com",
        "san_uri    | https://app.example.com/ID",
        "san_ip     | 2001:db8::8",
        "san_ip     | 192.0.2.7",
        "san_email  | APP@example.com"
      })
  @Requirement({"MT-4", "ATT-37"})
  void refusesAnotherValue(String kind, String value) {
    assertThat(token(kind, named(kind, value)).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("MT-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "san_dns    | subject_dn | CN=app.example.com",
        "san_dns    | san_uri    | app.example.com",
        "san_uri    | san_dns    | app.example.com",
        "san_ip     | san_dns    | 2001:db8::7",
        "san_email  | subject_dn | E=app@example.com",
        "san_email  | san_dns    | app@example.com"
      })
  @Requirement({"MT-4", "ATT-37"})
  void refusesTheValueInAnotherPlace(String registered, String shown, String value) {
    assertThat(token(registered, named(shown, value)).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"MT-4", "J-19", "ATT-37"})
  void refusesTheSubjectFromAnotherAuthorityOfTheSameName() {
    refused(signed(NAMESAKE, SUBJECT).make(), "MT-2", "no trusted authority");
    refused(
        CertificateHolder.valid(TestCertificate.selfSigned(SUBJECT)).make(),
        "MT-2",
        "no trusted authority");
  }

  @Test
  void takesAnIntermediateThatTheClientSendsAndRefusesIfItDoesNot() {
    TestTls below = signed(INTERMEDIATE, SUBJECT).make();
    assertThat(token("subject_dn", below).outcome()).isEqualTo(TAKEN);
    refused(below.alone(), "MT-2", "no trusted authority");
  }

  @Test
  void takesWhatAnAuthoritySignedUntilItIsTakenOutOfTheList() {
    assertThat(token("subject_dn", signed(OLD, SUBJECT).make()).outcome()).isEqualTo(TAKEN);
  }

  @Test
  @Requirement("ATT-37")
  void refusesWhatTheCertificateOfAnotherClientSigned() {
    TestTls client = signed(AUTHORITY, "CN=another client").make();
    refused(signed(client, SUBJECT).make(), "MT-2", "no trusted authority");
  }

  @Test
  @Requirement({"MT-4", "J-19"})
  void refusesACertificateBeforeAndAfterItsTime() {
    Duration second = Duration.ofSeconds(1);
    TestCertificate fresh = TestCertificate.signedBy(AUTHORITY, SUBJECT);
    refused(
        fresh.valid(server.now().minusSeconds(9), server.now().minus(second)).make(),
        "MT-4",
        "expired");
    refused(
        fresh.valid(server.now().plus(second), server.now().plusSeconds(9)).make(),
        "MT-4",
        "not valid yet");
    assertThat(token("subject_dn", fresh.valid(server.now(), server.now()).make()).outcome())
        .isEqualTo(TAKEN);
  }

  @Test
  @Requirement("MT-4")
  void refusesACertificateThatIsForServersOnly() {
    refused(signed(AUTHORITY, SUBJECT).forServers().make(), "MT-4", "extended key usage");
    assertThat(token("subject_dn", signed(AUTHORITY, SUBJECT).forClients().make()).outcome())
        .isEqualTo(TAKEN);
    assertThat(
            token("subject_dn", signed(AUTHORITY, SUBJECT).forServers().forClients().make())
                .outcome())
        .isEqualTo(TAKEN);
  }

  @Test
  @Requirement({"MT-4", "A2-05"})
  void refusesWhoShowsNoCertificateAtEitherListener() {
    assertThat(CertificateHolder.none(server).token("subject_dn").outcome()).isEqualTo(REFUSED);
    Params request = Params.of("grant_type", "client_credentials", "client_id", "subject_dn");
    assertThat(server.app().post("/token", request, List.of()).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("MT-4");
    assertThat(server.logged("detail")).contains("the client showed no certificate");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/par", "/token", "/revoke"})
  @Requirement({"MT-1", "MT-4", "J-19"})
  void authenticatesAtEveryEndpoint(String path) {
    Params request =
        path.equals("/par")
            ? server
                .other()
                .authorizationRequest()
                .with("redirect_uri", "https://app.example.com/callback")
            : Params.of("grant_type", "client_credentials", "token", "unknown");
    Params named = request.with("client_id", "subject_dn");
    TestTls own = signed(AUTHORITY, SUBJECT).make();
    TestTls other = named("san_dns", "app.example.com");
    assertThat(CertificateHolder.of(server, own).post(path, named).status()).isBetween(200, 201);
    assertThat(CertificateHolder.of(server, other).post(path, named).outcome()).isEqualTo(REFUSED);
    assertThat(CertificateHolder.of(server, own).post(path, request.without("client_id")).outcome())
        .isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"MT-2", "MT-4"})
  void authenticatesAResourceServer() {
    Params asked = Params.of("token", "unknown", "client_id", "certified-api");
    TestTls own = named("san_dns", "api.example.com");
    TestTls client = named("san_dns", "app.example.com");
    Reply reply = CertificateHolder.of(server, own).post("/introspect", asked);
    assertThat(reply.text()).isEqualTo("{\"active\":false}");
    assertThat(CertificateHolder.of(server, client).post("/introspect", asked).outcome())
        .isEqualTo(REFUSED);
    assertThat(
            CertificateHolder.of(server, client)
                .post("/introspect", asked.with("client_id", "san_dns"))
                .outcome())
        .isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"MT-4", "CA-4"})
  void tellsAnUnknownClientTheSameAsAWrongCertificate() {
    TestTls wrong = signed(AUTHORITY, "CN=x").make();
    Reply known = token("subject_dn", wrong);
    for (String stranger : List.of("stranger", "a b", "")) {
      Reply unknown = token(stranger, wrong);
      assertThat(unknown.outcome()).as(stranger).isEqualTo(REFUSED);
      assertThat(unknown.text()).isEqualTo(known.text());
    }
    // Registered, but for assertions.
    assertThat(token("machine", wrong).text()).isEqualTo(known.text());
  }

  @Test
  @Requirement({"CA-7", "ATT-36"})
  void refusesAnotherMethodBesideTheCertificate() {
    CertificateHolder own = CertificateHolder.of(server, signed(AUTHORITY, SUBJECT).make());
    Params request = Params.of("grant_type", "client_credentials", "client_id", "subject_dn");
    Params secret = request.and("client_secret", "s");
    Params assertion = request.and(server.app().authenticatedBy(server.app().assertion()));
    List<Map.Entry<String, String>> basic = List.of(Map.entry("Authorization", "Basic YTpi"));
    assertThat(own.post("/token", secret).outcome()).isEqualTo("400 invalid_request");
    assertThat(own.post("/token", assertion).outcome()).isEqualTo("400 invalid_request");
    assertThat(own.post("/token", request, basic).outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("CA-7");
    CertificateHolder none = CertificateHolder.none(server);
    assertThat(none.post("/token", secret).outcome()).isEqualTo(REFUSED);
    assertThat(none.post("/token", secret, basic).outcome()).isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"CA-7", "MT-7"})
  void takesAnAssertionBesideACertificateThatIsNotRegistered() {
    CertificateHolder anybody = CertificateHolder.of(server, signed(AUTHORITY, SUBJECT).make());
    Params request = server.app().authorizationRequest();
    assertThat(
            anybody
                .post("/par", request.and(server.app().authenticatedBy(server.app().assertion())))
                .outcome())
        .isEqualTo("201");
  }
}
