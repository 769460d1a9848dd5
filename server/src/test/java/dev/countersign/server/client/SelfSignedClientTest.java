package dev.countersign.server.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that registered their certificates themselves, in {@code jwks} or behind a URL. */
@Requirement({"SP-5.3.2.1-6", "MT-3"})
class SelfSignedClientTest {
  private static final String TAKEN = "200";
  private static final String REFUSED = "401 invalid_client";
  private static final TestTls FIXED = own("CN=fixed");
  private static final TestTls FIRST = own("CN=published");
  private static final TestTls NEXT = own("CN=published");

  private final ScriptedServer publisher = new ScriptedServer();

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    publish(CertificateHolder.jwks(FIRST));
    String clients =
        client("fixed", "jwks: " + CertificateHolder.jwks(FIXED))
            + client("published", "jwks_uri: '" + publisher.uri("/jwks") + "'");
    server =
        new TestServer(
            folder,
            yaml ->
                "client_keys: {allow_private_addresses: true, trusted_ca: server.pem,"
                    + " fresh_for: 10m, min_refetch: 30s, max_stale: 2h, timeout: 10s}\n"
                    + CertificateHolder.in(yaml, clients));
  }

  private static String client(String id, String keys) {
    return """
      - client_id: %s
        name: By Certificate
        token_endpoint_auth_method: self_signed_tls_client_auth
        %s
        tls_client_certificate_bound_access_tokens: true
        grant_types: [client_credentials]
        scope: accounts
    """
        .formatted(id, keys)
        .indent(0);
  }

  @AfterEach
  void stop() {
    server.close();
    publisher.close();
  }

  private static TestTls own(String subject) {
    return CertificateHolder.valid(TestCertificate.selfSigned(subject)).make();
  }

  private void publish(String jwks) {
    try {
      JsonObject set = JsonObject.parse(jwks.getBytes(StandardCharsets.UTF_8));
      publisher.on("/jwks", _ -> ScriptedServer.Reply.json(200, set));
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private Reply token(String clientId, TestTls shown) {
    return CertificateHolder.of(server, shown).token(clientId);
  }

  private void refused(String clientId, TestTls shown, String rule) {
    assertThat(token(clientId, shown).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains(rule);
  }

  @Test
  @Requirement("MT-1")
  void takesARegisteredCertificateWhoeverSignedIt() {
    assertThat(token("fixed", FIXED).outcome()).isEqualTo(TAKEN);
  }

  @Test
  @Requirement({"MT-4", "J-19", "ATT-37"})
  void refusesAnotherCertificateOfTheSameKey() {
    refused(
        "fixed",
        CertificateHolder.valid(TestCertificate.selfSigned("CN=fixed")).make(FIXED),
        "MT-3");
  }

  @Test
  @Requirement({"MT-4", "J-19"})
  void refusesTheCertificateOfAnotherClientAndOfNobody() {
    refused("fixed", FIRST, "MT-3");
    refused("published", FIXED, "MT-3");
    refused("fixed", own("CN=fixed"), "MT-3");
    assertThat(CertificateHolder.none(server).token("fixed").outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("rule")).contains("MT-4");
  }

  @Test
  @Requirement({"MT-4", "J-19"})
  void refusesARegisteredCertificateOnceItHasExpired() {
    server.pass(Duration.ofHours(1));
    assertThat(token("fixed", FIXED).outcome()).isEqualTo(TAKEN);
    server.pass(Duration.ofSeconds(1));
    refused("fixed", FIXED, "MT-4");
  }

  @Test
  void takesANewCertificateOnceItIsPublishedAndTheOldOneNoMore() {
    assertThat(token("published", FIRST).outcome()).isEqualTo(TAKEN);
    refused("published", NEXT, "MT-3");
    publish(CertificateHolder.jwks(NEXT));
    server.pass(Duration.ofSeconds(31));
    assertThat(token("published", NEXT).outcome()).isEqualTo(TAKEN);
    refused("published", FIRST, "MT-3");
  }

  @Test
  void asksTheClientAgainForAnUnknownCertificateButNotTooOften() {
    assertThat(token("published", FIRST).outcome()).isEqualTo(TAKEN);
    server.pass(Duration.ofSeconds(31));
    for (int i = 0; i < 5; i++) {
      refused("published", NEXT, "MT-3");
    }
    assertThat(publisher.received("/jwks")).hasSize(2);
  }

  @Test
  @Requirement("MT-4")
  void refusesKeysWithoutCertificates() {
    publish("{\"keys\":[]}");
    refused("published", FIRST, "MT-3");
  }

  @Test
  @Requirement("MT-4")
  void refusesTheClientWhoseKeysCannotBeHad() {
    publisher.on("/jwks", _ -> ScriptedServer.Reply.text(500, "out of order"));
    refused("published", FIRST, "SP-5.4.2-1");
  }

  @Test
  @Requirement({"CA-7", "MT-4", "ATT-36"})
  void refusesAnAssertionOfAClientThatRegisteredACertificate() {
    Params assertion =
        server
            .app()
            .authenticatedBy(
                server
                    .app()
                    .assertion(
                        claims -> {
                          claims.put("iss", "fixed");
                          claims.put("sub", "fixed");
                        }));
    Params request = Params.of("grant_type", "client_credentials").and(assertion);
    CertificateHolder own = CertificateHolder.of(server, FIXED);
    assertThat(own.post("/token", request).outcome()).isEqualTo(REFUSED);
    assertThat(server.logged("detail").orElseThrow()).contains("registered for a certificate");
    assertThat(own.post("/token", request.and("client_id", "fixed")).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(server.app().post("/token", request, List.of()).outcome()).isEqualTo(REFUSED);
  }
}
