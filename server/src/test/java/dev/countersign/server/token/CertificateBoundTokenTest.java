package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.MutualTlsTest;
import dev.countersign.server.kit.CertificateClient;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens are bound to, as the registration says, and where such tokens are taken. */
class CertificateBoundTokenTest extends MutualTlsTest {
  private static final String BY_AUTHORITY = "token_endpoint_auth_method: tls_client_auth";
  private static final String BOUND = "tls_client_certificate_bound_access_tokens: true";
  private static final String BY_PROOF = "dpop_bound_access_tokens: true";
  private static final TestTls MINE =
      TestCertificate.signedBy(AUTHORITY, "CN=any").dns("app.example.com").make();
  private static final TestTls NEXT =
      TestCertificate.signedBy(AUTHORITY, "CN=next").dns("app.example.com").make();
  private static final TestTls THEIRS = TestCertificate.selfSigned("CN=thief").make();

  @Override
  protected String clients() {
    String subject = "tls_client_auth_san_dns: app.example.com";
    return client("bound", BY_AUTHORITY, subject, BOUND)
        + client("by-proof", BY_AUTHORITY, subject, BY_PROOF)
        + client("neither-said", BY_AUTHORITY, subject)
        + client("both", BY_AUTHORITY, subject, BOUND, BY_PROOF);
  }

  @Override
  protected String change(String yaml) {
    // The client with a key: its tokens are bound to whatever certificate it shows.
    return yaml.replace("name: The Machine\n", "name: The Machine\n    " + BOUND + "\n");
  }

  private static JsonObject claims(Reply tokens) throws Exception {
    String token = tokens.string("access_token");
    String body = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    return JsonObject.parse(
        new String(Base64.getUrlDecoder().decode(body), StandardCharsets.UTF_8));
  }

  private static String x5t(TestTls certificate) {
    return CertificateThumbprint.of(certificate.certificate()).value();
  }

  /** The tokens of a code that a person gave to the client with this certificate. */
  private Reply tokens(CertificateClient client) {
    TestClient other = server.other();
    Reply pushed = client.post("/par", other.authorizationRequest().with("client_id", "bound"));
    String code = server.approve(pushed.string("request_uri")).reveal();
    return client.post("/token", other.codeRequest(code).and("client_id", "bound"));
  }

  private String proof(String url) {
    TestClient app = server.app();
    return app.proof("POST", URI.create(url), app.dpopKey(), Optional.of(server.nonce()));
  }

  private String proof() {
    return proof(server.url("/token").toString());
  }

  @Test
  @Requirement({"MT-5", "SP-5.3.2.1-4", "SP-5.3.2.1-5"})
  void bindsATokenToTheCertificateOfTheRequest() throws Exception {
    Reply tokens = tokens(by(MINE));
    assertThat(tokens.status()).isEqualTo(200);
    assertThat(tokens.string("token_type")).isEqualTo("Bearer");
    JsonObject cnf = claims(tokens).object("cnf").orElseThrow();
    assertThat(cnf.string("x5t#S256")).contains(x5t(MINE));
    assertThat(cnf.has("jkt")).isFalse();
  }

  @Test
  @Requirement({"MT-7", "MT-5", "SP-5.3.2.1-4"})
  void bindsTheTokenOfAClientWithAKeyToAnyCertificate() throws Exception {
    TestClient machine = server.machine();
    Params request = own("machine").and(machine.authenticatedBy(machine.assertion()));
    Reply tokens = by(THEIRS).post("/token", request);
    assertThat(claims(tokens).object("cnf").orElseThrow().string("x5t#S256")).contains(x5t(THEIRS));
    Params again = own("machine").and(machine.authenticatedBy(machine.assertion()));
    Reply none = without().post("/token", again);
    assertThat(none.outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("SP-5.3.2.1-4");
    // Refused before anything was used up.
    assertThat(by(THEIRS).post("/token", again).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"by-proof", "neither-said", "both"})
  @Requirement({"DP-8", "SP-5.3.2.1-4", "SP-5.3.2.1-5", "ATT-56"})
  void demandsAProofOfAClientThatIsRegisteredForThemWhateverCertificateItHas(String id)
      throws Exception {
    assertThat(by(MINE).post("/token", own(id)).outcome()).isEqualTo("400 invalid_dpop_proof");
    Reply tokens = by(MINE).post("/token", own(id), proof());
    assertThat(tokens.string("token_type")).isEqualTo("DPoP");
    JsonObject cnf = claims(tokens).object("cnf").orElseThrow();
    assertThat(cnf.has("jkt")).isTrue();
    assertThat(cnf.has("x5t#S256")).isFalse();
  }

  @Test
  @Requirement({"SP-5.3.2.1-5", "DP-16"})
  void refusesProofsOfAClientThatIsNotRegisteredForThem() {
    assertThat(by(MINE).post("/token", own("bound"), proof()).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("SP-5.3.2.1-5");
    Params pushed = server.other().authorizationRequest().with("client_id", "bound");
    assertThat(by(MINE).post("/par", pushed, proof(server.url("/par").toString())).outcome())
        .isEqualTo("400 invalid_request");
    String jkt = server.app().dpopKey().publicJwk().thumbprint().value();
    assertThat(by(MINE).post("/par", pushed.and("dpop_jkt", jkt)).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(by(MINE).post("/par", pushed).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"MT-6", "SP-5.3.4-1", "SP-5.3.4-5", "DP-12"})
  void takesTheTokenAtUserinfoOverItsCertificateAlone() {
    String token = tokens(by(MINE)).string("access_token");
    assertThat(by(MINE).userinfo("Bearer " + token, List.of()).string("sub")).isEqualTo("u-anna");
    assertThat(by(NEXT).userinfo("Bearer " + token, List.of()).outcome())
        .isEqualTo("401 invalid_token");
    assertThat(server.logged("rule")).contains("MT-6");
    Reply none = without().userinfo("Bearer " + token, List.of());
    assertThat(none.status()).isEqualTo(401);
    assertThat(by(MINE).userinfo("DPoP " + token, List.of()).status()).isEqualTo(401);
    assertThat(server.logged("rule")).contains("DP-12");
    // At the first listener nobody has a certificate.
    assertThat(server.other().userinfo("GET", "Bearer " + token).status()).isEqualTo(401);
  }

  @Test
  @Requirement({"DP-11", "DP-12", "PR-4"})
  void challengesByBothSchemesAndTellsTheFaultInTheOneThatWasUsed() {
    Reply reply = without().userinfo("Bearer nothing.of.ours", List.of());
    assertThat(reply.all("WWW-Authenticate").toString()).contains("Bearer").contains("DPoP");
    String faulty =
        reply.all("WWW-Authenticate").stream()
            .filter(challenge -> challenge.contains("error="))
            .findFirst()
            .orElseThrow();
    assertThat(faulty).startsWith("Bearer ");
  }

  @Test
  @Requirement({"DP-12"})
  void refusesATokenThatIsBoundToAKeyAsBearer() {
    String token = server.app().tokens().string("access_token");
    assertThat(by(MINE).userinfo("Bearer " + token, List.of()).status()).isEqualTo(401);
    assertThat(server.logged("rule")).contains("DP-12");
  }

  @Test
  @Requirement({"MT-5", "SP-5.3.2.1-9"})
  void aRefreshBindsToTheCertificateOfThatRequest() throws Exception {
    Reply first = tokens(by(MINE));
    Params refresh =
        server.other().refreshRequest(first.string("refresh_token")).and("client_id", "bound");
    Reply second = by(NEXT).post("/token", refresh);
    assertThat(claims(second).object("cnf").orElseThrow().string("x5t#S256")).contains(x5t(NEXT));
    String token = second.string("access_token");
    assertThat(by(NEXT).userinfo("Bearer " + token, List.of()).status()).isEqualTo(200);
    assertThat(by(MINE).userinfo("Bearer " + token, List.of()).status()).isEqualTo(401);
    assertThat(by(THEIRS).post("/token", refresh).outcome()).isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"DP-4", "SP-5.2.2.1-2"})
  void takesProofsForTheAddressOfEitherListener() {
    TestClient app = server.app();
    for (String url : List.of(server.url("/token").toString(), MTLS_URL + "/tenant/token")) {
      Params request = own("app").and(app.authenticatedBy(app.assertion()));
      Reply tokens = by(MINE).post("/token", request, proof(url));
      assertThat(tokens.status()).as(url).isEqualTo(200);
      Params atFirst = own("app").and(app.authenticatedBy(app.assertion()));
      assertThat(app.post("/token", atFirst, List.of(proof(url))).status()).as(url).isEqualTo(200);
    }
    for (String url : List.of(MTLS_URL + "/token", "https://mtls.example.com/tenant/token")) {
      Params request = own("app").and(app.authenticatedBy(app.assertion()));
      assertThat(by(MINE).post("/token", request, proof(url)).outcome())
          .as(url)
          .isEqualTo("400 invalid_dpop_proof");
    }
  }

  @Test
  @Requirement({"DP-4", "SP-5.3.4-5"})
  void takesAProofForUserinfoAtEitherAddress() {
    TestClient app = server.app();
    String token = app.tokens().string("access_token");
    for (String url : List.of(server.url("/userinfo").toString(), MTLS_URL + "/tenant/userinfo")) {
      String proof = app.proofFor(token, "GET", URI.create(url));
      assertThat(without().userinfo("DPoP " + token, List.of(Map.entry("DPoP", proof))).status())
          .as(url)
          .isEqualTo(200);
    }
  }
}
