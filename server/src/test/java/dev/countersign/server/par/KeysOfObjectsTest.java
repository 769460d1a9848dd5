package dev.countersign.server.par;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.SignedRequests;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whose keys verify objects: of {@code app}, which publishes its own behind a URL, of clients with
 * certificates, and of one that has no keys at all.
 */
@Requirement({"JAR-9", "MS-5.3.1-1"})
class KeysOfObjectsTest {
  private static final TestTls SELF_SIGNED =
      CertificateHolder.valid(TestCertificate.selfSigned("CN=self")).make();
  private static final TestTls AUTHORITY =
      CertificateHolder.valid(TestCertificate.selfSigned("CN=Client CA")).authority().make();
  private static final TestTls KEYLESS =
      CertificateHolder.valid(TestCertificate.signedBy(AUTHORITY, "CN=keyless")).make();

  private static final String BY_AUTHORITY =
      "token_endpoint_auth_method: tls_client_auth\n    tls_client_auth_subject_dn: CN=keyless";

  private final ScriptedServer publisher = new ScriptedServer();

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    CertificateHolder.write(folder.resolve("ca.pem"), AUTHORITY);
    server = new TestServer(folder, this::configuration);
    publish(server.app().key());
  }

  private String configuration(String yaml) {
    String published =
        yaml.replaceFirst(
            "jwks: \\{.*",
            "jwks_uri: '"
                + publisher.uri("/jwks")
                + "'\n    profile: fapi2-message-signing\n    message_signing: [requests]");
    String clients =
        certified("self", "token_endpoint_auth_method: self_signed_tls_client_auth")
                .replace("scope:", "jwks: " + CertificateHolder.jwks(SELF_SIGNED) + "\n    scope:")
            + certified("keyless", BY_AUTHORITY)
            + certified("published", BY_AUTHORITY)
                .replace("scope:", "jwks_uri: '" + publisher.uri("/jwks") + "'\n    scope:");
    return "client_certificate_authorities: ca.pem\n"
        + "client_keys: {allow_private_addresses: true, trusted_ca: server.pem,"
        + " fresh_for: 10m, min_refetch: 30s, max_stale: 2h, timeout: 10s}\n"
        + CertificateHolder.in(published, clients);
  }

  private static String certified(String id, String authentication) {
    return """
      - client_id: %s
        name: By Certificate
        %s
        tls_client_certificate_bound_access_tokens: true
        redirect_uris: ['https://other.example.com/callback']
        grant_types: [authorization_code]
        scope: openid accounts
    """
        .formatted(id, authentication)
        .indent(0);
  }

  @AfterEach
  void stop() {
    server.close();
    publisher.close();
  }

  private void publish(SigningKey... keys) {
    JsonObject set = JwkSet.of(Stream.of(keys).map(SigningKey::publicJwk).toList()).toJson();
    publisher.on("/jwks", _ -> ScriptedServer.Reply.json(200, set));
  }

  private SignedRequests app() {
    return new SignedRequests(server, server.app());
  }

  private void refused(Reply reply, String rule, String description) {
    assertThat(reply.outcome()).isEqualTo("400 invalid_request_object");
    assertThat(server.logged("rule")).contains(rule);
    assertThat(reply.string("error_description")).isEqualTo(description);
  }

  private void refusedKey(Reply reply) {
    refused(reply, "SP-5.4.3-1", "the request object is no JWT that the client signed");
  }

  @Test
  @Requirement({"SP-5.4.2-0", "SP-6.8-1"})
  void fetchesTheKeysAgainForANewOne() {
    assertThat(app().push(app().object()).status()).isEqualTo(201);
    SigningKey next = server.jose().generate(SignatureAlgorithm.EDDSA, server.random());
    String object = app().objectBy(next, claims -> {});
    server.pass(Duration.ofSeconds(31));
    refusedKey(app().push(object));
    publish(server.app().key(), next);
    refusedKey(app().push(object));
    assertThat(publisher.received("/jwks")).hasSize(2);
    server.pass(Duration.ofSeconds(31));
    assertThat(app().push(app().objectBy(next, claims -> {})).status()).isEqualTo(201);
    assertThat(publisher.received("/jwks")).hasSize(3);
  }

  @Test
  @Requirement("SP-6.8-1")
  void refusesAKeyThatIsNoLongerPublished() {
    SigningKey old = server.jose().generate(SignatureAlgorithm.EDDSA, server.random());
    publish(server.app().key(), old);
    assertThat(app().push(app().objectBy(old, claims -> {})).status()).isEqualTo(201);
    publish(server.app().key());
    server.pass(Duration.ofMinutes(20));
    refusedKey(app().push(app().objectBy(old, claims -> {})));
  }

  @Test
  @Requirement({"MT-3", "MT-1"})
  void verifiesByTheKeysOfAClientWithASelfSignedCertificate() {
    CertificateHolder self = CertificateHolder.of(server, SELF_SIGNED);
    assertThat(self.post("/par", carrying("self", SELF_SIGNED)).status()).isEqualTo(201);
    refusedKeyOf(self.post("/par", carrying("self", KEYLESS)));
    Reply unsigned = self.post("/par", as("self").authorizationRequest());
    assertThat(unsigned.status()).as(unsigned.text()).isEqualTo(201);
  }

  private void refusedKeyOf(Reply reply) {
    refused(reply, "SP-5.4.1-1.1", "the request object is no JWT that the client signed");
  }

  @Test
  void refusesTheObjectOfAClientWithoutKeys() {
    CertificateHolder keyless = CertificateHolder.of(server, KEYLESS);
    refused(
        keyless.post("/par", carrying("keyless", KEYLESS)),
        "JAR-9",
        "no keys are registered that could verify the request object");
    assertThat(keyless.post("/par", as("keyless").authorizationRequest()).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"SP-5.4.2-1", "JAR-6"})
  void refusesTheObjectOfAClientWhoseKeysCannotBeFetched() {
    publisher.on("/jwks", _ -> ScriptedServer.Reply.text(500, "out of order"));
    Reply reply =
        CertificateHolder.of(server, KEYLESS).post("/par", carrying("published", KEYLESS));
    refused(reply, "SP-5.4.2-1", "the keys that could verify the request object cannot be fetched");
    assertThat(server.logged("detail").orElseThrow()).contains("answered 500");
  }

  private TestClient as(String id) {
    return server.app().as(new ClientId(id));
  }

  /** A request of this client, signed by the key of the certificate. */
  private Params carrying(String id, TestTls signer) {
    SignedRequests requests = new SignedRequests(server, as(id));
    KeyPair keys = new KeyPair(signer.certificate().getPublicKey(), signer.key());
    return requests.carrying(
        RawJwt.signed(
            RawJwt.json(Map.of("alg", "ES256")),
            requests.claims(claims -> {}),
            keys,
            "SHA256withECDSAinP1363Format"));
  }
}
