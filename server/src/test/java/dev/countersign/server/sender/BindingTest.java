package dev.countersign.server.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.mtls.CertificateThumbprint;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.CertificateHolder;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.testkit.TestCertificate;
import dev.countersign.testkit.TestTls;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What tokens are bound to, by registration: those of {@code app} to its certificate, those of
 * {@code other-app} to either, those of {@code machine} to a key. All three authenticate by
 * assertion, and nobody knows who signed the certificates.
 */
class BindingTest {
  private static final String NO_PROOF = "400 invalid_dpop_proof";
  private static final String REFUSED = "400 invalid_request";
  private static final TestTls OWN = certificate("CN=own");
  private static final TestTls ANOTHER = certificate("CN=own");
  private static final URI ALIAS = URI.create("https://mtls.example.com:9443/tenant/token");

  @TempDir private static Path folder;
  private static TestServer server;
  private static CertificateHolder own;
  private static CertificateHolder another;
  private static CertificateHolder none;

  @BeforeAll
  static void start() {
    server =
        new TestServer(
            folder,
            yaml ->
                CertificateHolder.in(yaml, "")
                    .replace("name: The App\n", "name: The App\n    " + bound())
                    .replace(
                        "name: The Other App\n",
                        "name: The Other App\n    dpop_bound_access_tokens: true\n    " + bound())
                    .replace(
                        "grant_types: [authorization_code]\n",
                        """
                        grant_types: [authorization_code, refresh_token, client_credentials]
                        """));
    own = CertificateHolder.of(server, OWN);
    another = CertificateHolder.of(server, ANOTHER);
    none = CertificateHolder.none(server);
  }

  private static String bound() {
    return "tls_client_certificate_bound_access_tokens: true\n";
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TestTls certificate(String subject) {
    return CertificateHolder.valid(TestCertificate.selfSigned(subject)).make();
  }

  private static String thumbprint(TestTls certificate) {
    return CertificateThumbprint.of(certificate.certificate()).value();
  }

  private static Params by(TestClient client, Params request) {
    return request.and(client.authenticatedBy(client.assertion()));
  }

  private static Params ownToken(TestClient client) {
    return by(client, Params.of("grant_type", "client_credentials"));
  }

  private static Params redeem(TestClient client) {
    return by(client, client.codeRequest(client.code()));
  }

  private static JsonObject cnf(JsonObject holder) throws MalformedJsonException {
    return holder.object("cnf").orElseThrow();
  }

  private static JsonObject cnf(Reply tokens) throws MalformedJsonException {
    return cnf(RawJwt.claims(tokens.string("access_token")));
  }

  private static void boundTo(TestTls certificate, Reply tokens) throws MalformedJsonException {
    assertThat(tokens.outcome()).isEqualTo("200");
    assertThat(tokens.string("token_type")).isEqualTo("Bearer");
    assertThat(cnf(tokens).toJson())
        .isEqualTo("{\"x5t#S256\":\"" + thumbprint(certificate) + "\"}");
  }

  private static void boundTo(TestClient client, Reply tokens) throws MalformedJsonException {
    assertThat(tokens.outcome()).isEqualTo("200");
    assertThat(tokens.string("token_type")).isEqualTo("DPoP");
    assertThat(cnf(tokens).names()).containsExactly("jkt");
    assertThat(cnf(tokens).string("jkt"))
        .contains(client.dpopKey().publicJwk().thumbprint().value());
  }

  private static void refused(Reply reply, String outcome, String rule) {
    assertThat(reply.outcome()).isEqualTo(outcome);
    assertThat(server.logged("rule")).contains(rule);
  }

  @Test
  @Requirement({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "MT-5", "MT-7"})
  void bindsToTheCertificateThatWasShown() throws Exception {
    boundTo(OWN, own.post("/token", redeem(server.app())));
    boundTo(ANOTHER, another.post("/token", ownToken(server.app())));
  }

  @Test
  @Requirement({"SP-5.3.2.1-4", "SP-5.3.2.1-5"})
  void refusesTheClientWithoutItsCertificate() {
    refused(none.post("/token", ownToken(server.app())), REFUSED, "SP-5.3.2.1-4");
    Reply main = server.app().post("/token", redeem(server.app()), List.of());
    refused(main, REFUSED, "SP-5.3.2.1-4");
  }

  @Test
  @Requirement({"SP-5.3.2.1-5", "IA-2.3.3"})
  void refusesAProofOfAClientThatIsNotRegisteredForIt() {
    TestClient app = server.app();
    for (String proof : List.of(app.proof("POST", server.url("/token")), "x")) {
      refused(own.post("/token", ownToken(app), proof), REFUSED, "SP-5.3.2.1-5");
      refused(app.post("/token", ownToken(app), List.of(proof)), REFUSED, "SP-5.3.2.1-5");
      refused(
          own.post("/par", by(app, app.authorizationRequest()), proof), REFUSED, "SP-5.3.2.1-5");
    }
  }

  @Test
  @Requirement({"SP-5.3.2.1-5", "DP-16", "PAR-4"})
  void refusesDpopJktOfAClientThatIsNotRegisteredForIt() {
    TestClient app = server.app();
    String jkt = app.dpopKey().publicJwk().thumbprint().value();
    Params pushed = app.authorizationRequest().and("dpop_jkt", jkt);
    refused(app.push(pushed), REFUSED, "SP-5.3.2.1-5");
    TestClient other = server.other();
    assertThat(other.push(other.authorizationRequest().and("dpop_jkt", jkt)).outcome())
        .isEqualTo("201");
  }

  @Test
  @Requirement({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "DP-5", "DP-8"})
  void refusesAClientOfDpopWithoutProofWhateverItShows() throws Exception {
    TestClient machine = server.machine();
    refused(own.post("/token", ownToken(machine)), NO_PROOF, "DP-4");
    boundTo(machine, own.post("/token", ownToken(machine), proof(machine)));
  }

  private static String proof(TestClient client) {
    return client.proof("POST", server.url("/token"));
  }

  @Test
  @Requirement({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "DP-8", "IA-2.3.3"})
  void bindsByTheProofOfAClientThatIsRegisteredForBothAndDemandsIt() throws Exception {
    TestClient other = server.other();
    boundTo(other, own.post("/token", ownToken(other), proof(other)));
    boundTo(other, other.post("/token", ownToken(other), List.of(proof(other))));
    refused(own.post("/token", ownToken(other)), NO_PROOF, "DP-4");
    refused(none.post("/token", ownToken(other)), NO_PROOF, "DP-4");
  }

  @Test
  @Requirement({"SP-5.3.2.1-5", "DP-4"})
  void neverFallsBackToTheCertificateWhenAProofIsBroken() {
    TestClient other = server.other();
    for (String proof : List.of("", "x", RawJwt.withBrokenSignature(proof(other)))) {
      assertThat(own.post("/token", ownToken(other), proof).outcome()).isEqualTo(NO_PROOF);
    }
    String withoutNonce =
        other.proof("POST", server.url("/token"), other.dpopKey(), Optional.empty());
    assertThat(own.post("/token", ownToken(other), withoutNonce).outcome())
        .isEqualTo("400 use_dpop_nonce");
    assertThat(own.post("/token", ownToken(other), proof(other), proof(other)).outcome())
        .isEqualTo(NO_PROOF);
  }

  @Test
  @Requirement({"SP-5.3.2.1-12", "DP-16"})
  void holdsACodeToItsKeyWhateverCertificateIsShown() throws Exception {
    TestClient other = server.other();
    String jkt = other.dpopKey().publicJwk().thumbprint().value();
    String code = other.code(other.authorizationRequest().and("dpop_jkt", jkt));
    Params request = other.codeRequest(code);
    refused(own.post("/token", by(other, request)), NO_PROOF, "DP-4");
    boundTo(other, own.post("/token", by(other, request), proof(other)));
  }

  @Test
  @Requirement({"SP-5.3.2.1-9", "SP-5.3.2.1-4", "MT-5", "DP-6"})
  void bindsARefreshedTokenToTheCertificateOfTheRefresh() throws Exception {
    TestClient app = server.app();
    Reply first = own.post("/token", redeem(app));
    Params refresh = app.refreshRequest(first.string("refresh_token"));
    Reply second = another.post("/token", by(app, refresh));
    boundTo(ANOTHER, second);
    refused(none.post("/token", by(app, refresh)), REFUSED, "SP-5.3.2.1-4");
    assertThat(userinfo(another, second).status()).isEqualTo(200);
    assertThat(userinfo(own, second).outcome()).isEqualTo("401 invalid_token");
    assertThat(userinfo(own, first).status()).isEqualTo(200);
  }

  private static Reply userinfo(CertificateHolder holder, Reply tokens) {
    return holder.userinfo("Bearer " + tokens.string("access_token"));
  }

  @Test
  @Requirement({"SP-5.3.4-5", "SP-5.3.4-1", "MT-6", "ATT-55", "A7-03"})
  void takesATokenAtUserinfoOverItsCertificateAlone() {
    Reply tokens = own.post("/token", redeem(server.app()));
    Reply taken = userinfo(own, tokens);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.string("sub")).isEqualTo(TestServer.ANNA.value());
    String bearer = "Bearer " + tokens.string("access_token");
    TestTls sameKey = CertificateHolder.valid(TestCertificate.selfSigned("CN=own")).make(OWN);
    for (Reply refused :
        List.of(
            userinfo(another, tokens),
            userinfo(CertificateHolder.of(server, sameKey), tokens),
            userinfo(none, tokens),
            server.app().userinfo("GET", bearer))) {
      assertThat(refused.outcome()).isEqualTo("401 invalid_token");
      assertThat(server.logged("rule")).contains("MT-6");
    }
  }

  @Test
  @Requirement({"SP-5.3.4-1", "SP-5.3.4-5", "DP-12"})
  void takesNoTokenByTheSchemeOfTheOtherBinding() throws Exception {
    TestClient other = server.other();
    String byCertificate = own.post("/token", redeem(server.app())).string("access_token");
    String byProof = own.post("/token", redeem(other), proof(other)).string("access_token");
    URI url = server.url("/userinfo");
    String proof = other.proofFor(byCertificate, "GET", url);
    assertThat(own.userinfo("DPoP " + byCertificate, proof).outcome())
        .isEqualTo("401 invalid_token");
    assertThat(own.userinfo("Bearer " + byProof).outcome()).isEqualTo("401 invalid_token");
    assertThat(own.userinfo("DPoP " + byProof).status()).isEqualTo(401);
    assertThat(own.userinfo("DPoP " + byProof, other.proofFor(byProof, "GET", url)).status())
        .isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.4-1", "DP-14"})
  void challengesByBothSchemes() {
    Reply reply = own.userinfo("Basic YTpi");
    assertThat(reply.status()).isEqualTo(401);
    List<Challenge> challenges = Challenge.parse(reply.all("WWW-Authenticate"));
    assertThat(challenges).hasSize(2);
    assertThat(challenges).anyMatch(one -> one.hasScheme("DPoP"));
    assertThat(challenges).anyMatch(one -> one.hasScheme("Bearer"));
  }

  @Test
  @Requirement({"MT-5", "IN-4"})
  void introspectionSaysWhatATokenIsBoundTo() throws Exception {
    Reply tokens = own.post("/token", ownToken(server.app()));
    Reply answer = server.api().introspect(tokens.string("access_token"));
    assertThat(answer.json().bool("active")).contains(true);
    assertThat(answer.string("token_type")).isEqualTo("Bearer");
    assertThat(cnf(answer.json()).toJson()).isEqualTo("{\"x5t#S256\":\"" + thumbprint(OWN) + "\"}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @Requirement({"DP-4", "MT-9"})
  void takesProofsForTheAliasAndForTheEndpointAtEitherListener(boolean atAlias) throws Exception {
    TestClient machine = server.machine();
    for (URI htu : List.of(ALIAS, server.url("/token"))) {
      boundTo(machine, machineToken(atAlias, machine.proof("POST", htu)));
    }
    for (URI other :
        List.of(
            URI.create("https://mtls.example.com/tenant/token"),
            URI.create("https://mtls.example.com:9443/tenant/par"),
            URI.create("https://localhost:" + server.mtlsPort() + "/tenant/token"))) {
      assertThat(machineToken(atAlias, machine.proof("POST", other)).outcome()).isEqualTo(NO_PROOF);
    }
  }

  private static Reply machineToken(boolean atAlias, String proof) {
    Params request = ownToken(server.machine());
    return atAlias
        ? none.post("/token", request, proof)
        : server.machine().post("/token", request, List.of(proof));
  }
}
