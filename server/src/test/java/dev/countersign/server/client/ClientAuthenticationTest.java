package dev.countersign.server.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in at PAR and token, and by which assertion. */
class ClientAuthenticationTest extends EndpointTest {
  private static final String REFUSED = "401 invalid_client";

  private Reply push(String assertion) {
    TestClient app = server.app();
    return app.post(
        "/par", app.authorizationRequest().and(app.authenticatedBy(assertion)), List.of());
  }

  private Reply token(String assertion, String proof) {
    TestClient app = server.app();
    Params request = Params.of("grant_type", "client_credentials");
    return app.post("/token", request.and(app.authenticatedBy(assertion)), List.of(proof));
  }

  private void refusedEverywhere(String assertion) {
    assertThat(push(assertion).outcome()).isEqualTo(REFUSED);
    String proof = server.app().proof("POST", server.url("/token"));
    assertThat(token(assertion, proof).outcome()).isEqualTo(REFUSED);
  }

  private void refusedEverywhere(Consumer<Map<String, Object>> change) {
    refusedEverywhere(server.app().assertion(change));
  }

  @Test
  @Requirement({"SP-5.3.2.1-6", "SP-5.3.2.2-2", "CA-1", "CA-3"})
  void takesAGoodAssertion() {
    assertThat(push(server.app().assertion()).status()).isEqualTo(201);
    String proof = server.app().proof("POST", server.url("/token"));
    assertThat(token(server.app().assertion(), proof).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"SP-5.3.2.2-4", "SP-5.3.2.1-3", "SP-5.3.2.1-6", "PAR-2", "CA-4"})
  void refusesARequestWithoutClientAuthentication() {
    Params request = server.app().authorizationRequest();
    assertThat(server.app().post("/par", request, List.of()).outcome()).isEqualTo(REFUSED);
    Params token = Params.of("grant_type", "client_credentials", "client_id", "app");
    String proof = server.app().proof("POST", server.url("/token"));
    assertThat(server.app().post("/token", token, List.of(proof)).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"SP-5.3.2.1-6", "CA-4", "OA-3"})
  void refusesASecretInTheAuthorizationHeaderWithAChallenge() {
    Reply reply = basic(Params.of("grant_type", "client_credentials"));
    assertThat(reply.outcome()).isEqualTo(REFUSED);
    assertThat(reply.challenge().hasScheme("Basic")).isTrue();
  }

  @Test
  @Requirement({"CA-7", "OA-3"})
  void refusesTwoMethodsAtOnce() {
    TestClient app = server.app();
    Params two =
        Params.of("grant_type", "client_credentials").and(app.authenticatedBy(app.assertion()));
    assertThat(basic(two).outcome()).isEqualTo("400 invalid_request");
    assertThat(app.post("/token", two.and("client_secret", "s"), List.of()).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.2.1-6"})
  void refusesASecretInTheBody() {
    Params secret =
        Params.of("grant_type", "client_credentials", "client_id", "app", "client_secret", "s");
    assertThat(server.app().post("/token", secret, List.of()).outcome()).isEqualTo(REFUSED);
  }

  private Reply basic(Params form) {
    String credentials = Base64.getEncoder().encodeToString("app:secret".getBytes(UTF_8));
    return server.send(
        "POST",
        server.url("/token"),
        List.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Authorization", "Basic " + credentials)),
        form.encode().getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example.com/tenant/token",
        "https://as.example.com/tenant/par",
        "https://as.example.com/tenant/",
        "https://AS.example.com/tenant",
        "https://evil.example.com",
        ""
      })
  @Requirement({"SP-5.3.2.1-8", "CA-5", "PAR-14"})
  void refusesAnyAudienceButTheIssuer(String audience) {
    refusedEverywhere(claims -> claims.put("aud", audience));
  }

  @Test
  @Requirement({"SP-5.3.2.1-8", "CA-5"})
  void refusesAnAudienceThatIsAnArray() {
    refusedEverywhere(claims -> claims.put("aud", List.of(TestServer.ISSUER.value())));
    refusedEverywhere(
        claims -> claims.put("aud", List.of(TestServer.ISSUER.value(), "https://x.example")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "aud", "exp", "jti"})
  @Requirement({"CA-2"})
  void refusesAnAssertionWithoutAClaimThatItMustHave(String claim) {
    refusedEverywhere(claims -> claims.remove(claim));
  }

  @Test
  @Requirement({"CA-3"})
  void refusesAnExpiredAssertionAndTakesOneThatIsAboutToExpire() {
    long now = server.now().getEpochSecond();
    assertThat(push(server.app().assertion(claims -> claims.put("exp", now + 1))).status())
        .isEqualTo(201);
    refusedEverywhere(claims -> claims.put("exp", now));
    refusedEverywhere(claims -> claims.put("exp", now - 60));
  }

  @Test
  @Requirement({"CA-3"})
  void refusesAnAssertionThatLivesTooLong() {
    refusedEverywhere(claims -> claims.put("exp", server.now().getEpochSecond() + 3600));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  @Requirement({"SP-5.3.2.1-13"})
  void takesTenSecondsOfTheFutureAndRefusesMoreThanSixty(String claim) {
    long now = server.now().getEpochSecond();
    assertThat(push(server.app().assertion(claims -> claims.put(claim, now + 10))).status())
        .isEqualTo(201);
    String proof = server.app().proof("POST", server.url("/token"));
    assertThat(token(server.app().assertion(claims -> claims.put(claim, now + 10)), proof).status())
        .isEqualTo(200);
    refusedEverywhere(
        claims -> {
          claims.put(claim, now + 61);
          claims.put("exp", now + 120);
        });
  }

  @Test
  @Requirement({"SP-5.4.1-1.3"})
  void refusesAnUnsignedAssertion() {
    JsonObject claims = server.app().assertionClaims(all -> {});
    for (String none : List.of("none", "None", "NONE")) {
      refusedEverywhere(RawJwt.unsigned(RawJwt.json(Map.of("alg", none)), claims));
    }
  }

  @Test
  @Requirement({"SP-5.4.1-1.2"})
  void refusesRs256() throws GeneralSecurityException {
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    JsonObject claims = server.app().assertionClaims(all -> {});
    refusedEverywhere(
        RawJwt.signed(RawJwt.json(Map.of("alg", "RS256")), claims, rsa, "SHA256withRSA"));
  }

  @Test
  @Requirement({"CA-3", "SP-5.4.1-1.1"})
  void refusesAWrongSignature() {
    refusedEverywhere(RawJwt.withBrokenSignature(server.app().assertion()));
  }

  @Test
  @Requirement({"CA-3"})
  void refusesAnotherClientsKey() {
    refusedEverywhere(server.impostor(server.app().id()).assertion());
    refusedEverywhere(
        server.other().assertion(claims -> claims.putAll(Map.of("iss", "app", "sub", "app"))));
  }

  @Test
  @Requirement({"CA-4"})
  void tellsAnUnknownClientTheSameAsAWrongKey() {
    TestClient stranger = server.stranger();
    Reply unknown =
        stranger.post("/par", Params.of("client_id", "stranger").and(by(stranger)), List.of());
    Reply wrongKey = push(server.impostor(server.app().id()).assertion());
    assertThat(unknown.outcome()).isEqualTo(REFUSED);
    assertThat(unknown.text()).isEqualTo(wrongKey.text());
  }

  private static Params by(TestClient client) {
    return client.authenticatedBy(client.assertion());
  }

  @Test
  @Requirement({"CA-1"})
  void refusesTheClientIdOfAnotherClient() {
    TestClient app = server.app();
    Params request = app.authorizationRequest().with("client_id", "other-app");
    assertThat(app.push(request).outcome()).isEqualTo(REFUSED);
  }

  @Test
  @Requirement({"CA-2"})
  void refusesAnIssuerThatIsNotTheSubject() {
    refusedEverywhere(claims -> claims.put("iss", "other-app"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpop+jwt", "at+jwt", "oauth-authz-req+jwt", "token-introspection+jwt"})
  @Requirement({"CA-5", "SP-5.4.1-1.1"})
  void refusesAJwtMadeForSomethingElse(String typ) {
    TestClient app = server.app();
    JsonObject header = RawJwt.json(Map.of("typ", typ));
    refusedEverywhere(server.jose().sign(header, app.assertionClaims(all -> {}), app.key()));
  }

  @Test
  @Requirement({"CA-3"})
  void refusesAnAssertionThatWasUsedBeforeAtAnyEndpoint() {
    String assertion = server.app().assertion();
    assertThat(push(assertion).status()).isEqualTo(201);
    refusedEverywhere(assertion);
    assertThat(server.logged("rule")).contains("CA-3");
  }

  @Test
  @Requirement({"CA-3"})
  void twoClientsMayChooseTheSameJti() {
    String jti = server.app().id().value() + "-" + server.now();
    assertThat(push(server.app().assertion(claims -> claims.put("jti", jti))).status())
        .isEqualTo(201);
    TestClient other = server.other();
    String assertion = other.assertion(claims -> claims.put("jti", jti));
    Params request = other.authorizationRequest().and(other.authenticatedBy(assertion));
    assertThat(other.post("/par", request, List.of()).status()).isEqualTo(201);
  }

  @Test
  void aRefusedRequestLeavesItsAssertionUsable() {
    TestClient app = server.app();
    String assertion = app.assertion();
    Params wrong = app.authorizationRequest().without("code_challenge");
    Reply refused = app.post("/par", wrong.and(app.authenticatedBy(assertion)), List.of());
    assertThat(refused.outcome()).isEqualTo("400 invalid_request");
    assertThat(push(assertion).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jku", "x5u", "crit", "zip", "b64"})
  @Requirement({"SP-5.4.2-2", "SP-5.4.1-1.1"})
  void refusesHeadersThatLeadElsewhere(String name) {
    TestClient app = server.app();
    Object value = name.equals("crit") ? List.of("exp") : "https://evil.example.com/keys";
    JsonObject header = RawJwt.json(Map.of(name, value));
    refusedEverywhere(server.jose().sign(header, app.assertionClaims(all -> {}), app.key()));
  }
}
