package dev.countersign.server.userinfo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Grant;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserInfoEndpointTest extends EndpointTest {

  private URI url() {
    return server.url("/userinfo");
  }

  private String token() {
    return server.app().tokens().string("access_token");
  }

  private String token(String scope) {
    TestClient app = server.app();
    String code = app.code(app.authorizationRequest().with("scope", scope));
    return app.token(app.codeRequest(code)).string("access_token");
  }

  private static void refused(Reply reply, int status, String error) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    Challenge challenge = reply.challenge();
    assertThat(challenge.scheme()).isEqualTo("DPoP");
    assertThat(challenge.attribute("error")).contains(error);
    assertThat(challenge.attribute("error_description")).isPresent();
    assertThat(challenge.attribute("algs").orElseThrow().split(" "))
        .containsExactlyInAnyOrder("PS256", "ES256", "EdDSA");
    assertThat(reply.header("Cache-Control")).contains("no-store");
  }

  /** A proof with the right ath, changed. */
  private String proof(String token, Consumer<Map<String, Object>> change) {
    return server
        .app()
        .proof(
            "GET",
            url(),
            claims -> {
              claims.put("ath", ath(token));
              change.accept(claims);
            });
  }

  private static String ath(String token) {
    return java.util.Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(dev.countersign.protocol.oauth.SecretDigest.of(token).sha256());
  }

  @Test
  @Requirement({"OA-12", "SP-5.3.4-1", "DP-10"})
  void tellsWhatTheScopeOpensAndNoMore() {
    Reply profile = server.app().userinfo(token("openid profile"));
    assertThat(profile.status()).as(profile.text()).isEqualTo(200);
    assertThat(profile.header("Content-Type")).contains("application/json");
    assertThat(profile.header("Cache-Control")).contains("no-store");
    assertThat(profile.text()).isEqualTo("{\"sub\":\"u-anna\",\"name\":\"Anna Example\"}");
    assertThat(server.app().userinfo(token("openid email")).text())
        .isEqualTo("{\"sub\":\"u-anna\",\"email\":\"anna@example.com\"}");
    assertThat(server.app().userinfo(token("openid")).text()).isEqualTo("{\"sub\":\"u-anna\"}");
  }

  @Test
  @Requirement({"OA-12"})
  void answersAPostToo() {
    String token = token();
    String proof = server.app().proofFor(token, "POST", url());
    assertThat(server.app().userinfo("POST", "DPoP " + token, proof).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "*/*", "application/jwt", "text/html;q=0.1"})
  @Requirement({"OA-12"})
  void answersInJsonWhateverIsAcceptable(String accept) {
    String token = token();
    Reply reply =
        server.send(
            "GET",
            url(),
            List.of(
                Map.entry("Authorization", "DPoP " + token),
                Map.entry("DPoP", server.app().proofFor(token, "GET", url())),
                Map.entry("Accept", accept)),
            new byte[0]);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).contains("application/json");
    assertThat(reply.string("sub")).isEqualTo("u-anna");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP ", "dpop ", "DPOP ", "dPoP "})
  @Requirement({"SP-5.3.4-1"})
  void takesTheSchemeInAnyCase(String scheme) {
    String token = token();
    String proof = server.app().proofFor(token, "GET", url());
    assertThat(server.app().userinfo("GET", scheme + token, proof).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-11", "OA-9"})
  void asksForCredentialsWithoutNamingAnError() {
    Reply reply = server.get(url());
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.challenge().scheme()).isEqualTo("DPoP");
    assertThat(reply.challenge().attributes()).containsOnlyKeys("algs");
  }

  @Test
  @Requirement({"OA-9"})
  void asksWhoComesByAnotherSchemeForCredentials() {
    Reply reply = server.app().userinfo("GET", "Basic YTpi");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.challenge().attributes()).containsOnlyKeys("algs");
    assertThat(reply.text()).isEmpty();
  }

  @Test
  @Requirement({"OA-9", "SP-5.3.4-1"})
  void refusesABrokenAuthorizationHeader() {
    refused(server.app().userinfo("GET", "DPoP one two"), 400, "invalid_request");
  }

  @Test
  @Requirement({"DP-12", "SP-5.3.4-5"})
  void refusesABoundTokenThatComesAsBearer() {
    String token = token();
    String proof = server.app().proofFor(token, "GET", url());
    refused(server.app().userinfo("GET", "Bearer " + token, proof), 401, "invalid_token");
    refused(server.app().userinfo("GET", "Bearer " + token), 401, "invalid_token");
  }

  @Test
  @Requirement({"SP-5.3.4-2"})
  void refusesATokenInTheQueryOrTheBody() {
    String token = token();
    List<Map.Entry<String, String>> proof =
        List.of(Map.entry("DPoP", server.app().proofFor(token, "GET", url())));
    Reply query =
        server.send("GET", URI.create(url() + "?access_token=" + token), proof, new byte[0]);
    assertThat(query.status()).isEqualTo(400);
    Reply body =
        server.send(
            "POST",
            url(),
            List.of(
                Map.entry("DPoP", server.app().proofFor(token, "POST", url())),
                Map.entry("Content-Type", "application/x-www-form-urlencoded")),
            Params.of("access_token", token).encode().getBytes(UTF_8));
    assertThat(body.status()).isEqualTo(400);
    assertThat(server.logged("rule")).contains("SP-5.3.4-2");
  }

  @Test
  @Requirement({"DP-12", "OA-9"})
  void refusesTwoCredentials() {
    String token = token();
    List<Map.Entry<String, String>> headers =
        List.of(
            Map.entry("Authorization", "DPoP " + token),
            Map.entry("Authorization", "Bearer " + token),
            Map.entry("DPoP", server.app().proofFor(token, "GET", url())));
    refused(server.send("GET", url(), headers, new byte[0]), 400, "invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4"})
  void refusesATokenWithoutProof() {
    refused(server.app().userinfo("GET", "DPoP " + token()), 401, "invalid_dpop_proof");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4"})
  void refusesTheProofOfAnotherKey() {
    String token = token();
    String foreign = server.other().proofFor(token, "GET", url());
    refused(server.app().userinfo("GET", "DPoP " + token, foreign), 401, "invalid_token");
    assertThat(server.logged("client_id")).contains("app");
  }

  @Test
  @Requirement({"SP-5.3.4-5", "DP-4"})
  void refusesEveryWrongProof() {
    String token = token();
    long now = server.now().getEpochSecond();
    List<String> wrong =
        List.of(
            proof(token, claims -> claims.remove("ath")),
            proof(token, claims -> claims.put("ath", ath("another"))),
            proof(token, claims -> claims.put("htm", "POST")),
            proof(token, claims -> claims.put("htu", server.url("/token").toString())),
            proof(token, claims -> claims.remove("htu")),
            proof(token, claims -> claims.remove("htm")),
            proof(token, claims -> claims.remove("jti")),
            proof(token, claims -> claims.remove("iat")),
            proof(token, claims -> claims.put("iat", now + 3600)),
            proof(token, claims -> claims.put("iat", now - 3600)),
            RawJwt.withBrokenSignature(proof(token, claims -> {})),
            "no-jwt");
    for (String proof : wrong) {
      refused(server.app().userinfo("GET", "DPoP " + token, proof), 401, "invalid_dpop_proof");
    }
    String good = proof(token, claims -> {});
    refused(
        server.app().userinfo("GET", "DPoP " + token, good, proof(token, claims -> {})),
        401,
        "invalid_dpop_proof");
    assertThat(server.app().userinfo("GET", "DPoP " + token, good).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-15", "SP-6.2"})
  void refusesAProofThatWasUsedBefore() {
    String token = token();
    String proof = server.app().proofFor(token, "GET", url());
    assertThat(server.app().userinfo("GET", "DPoP " + token, proof).status()).isEqualTo(200);
    refused(server.app().userinfo("GET", "DPoP " + token, proof), 401, "invalid_dpop_proof");
  }

  @Test
  @Requirement({"SP-5.3.4-3", "AT-4"})
  void takesATokenUntilItExpires() {
    String token = token();
    server.pass(Duration.ofSeconds(299));
    assertThat(server.app().userinfo(token).status()).isEqualTo(200);
    server.pass(Duration.ofSeconds(1));
    refused(server.app().userinfo(token), 401, "invalid_token");
  }

  @Test
  @Requirement({"SP-5.3.4-3", "AT-4"})
  void refusesATokenWithAWrongSignatureAndWhatIsNoToken() {
    refused(server.app().userinfo(RawJwt.withBrokenSignature(token())), 401, "invalid_token");
    refused(server.app().userinfo("opaque"), 401, "invalid_token");
  }

  @Test
  @Requirement({"AT-4", "SP-5.4.1-1.1"})
  void refusesAnIdTokenInPlaceOfAnAccessToken() {
    refused(server.app().userinfo(server.app().tokens().string("id_token")), 401, "invalid_token");
  }

  @Test
  @Requirement({"AT-4", "BCP-2.3"})
  void refusesATokenForAnotherAudience() {
    refused(server.app().userinfo(token("accounts")), 401, "invalid_token");
    String own =
        server
            .machine()
            .token(Params.of("grant_type", "client_credentials"))
            .string("access_token");
    refused(server.machine().userinfo(own), 401, "invalid_token");
  }

  @Test
  @Requirement({"SP-5.3.4-3", "SP-6.8-4"})
  void refusesATokenWhoseGrantWasRevoked() {
    Reply tokens = server.app().tokens();
    String token = tokens.string("access_token");
    assertThat(server.app().userinfo(token).status()).isEqualTo(200);
    String refreshToken = tokens.string("refresh_token");
    Grant grant =
        server
            .store()
            .findByRefreshToken(
                dev.countersign.protocol.oauth.SecretDigest.of(refreshToken), server.now())
            .orElseThrow();
    server.store().revokeGrant(grant.id(), Set.of(), server.now());
    refused(server.app().userinfo(token), 401, "invalid_token");
  }

  @Test
  void asksForNoNonceUnlessSwitchedOn() {
    assertThat(server.app().userinfo(token()).header("DPoP-Nonce")).isEmpty();
    String token = token();
    String odd = proof(token, claims -> claims.put("nonce", "whatever"));
    assertThat(server.app().userinfo("GET", "DPoP " + token, odd).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"OA-12"})
  void servesATokenForARefreshedGrantToo() {
    String refreshToken = server.app().tokens().string("refresh_token");
    Reply refreshed = server.app().token(server.app().refreshRequest(refreshToken));
    assertThat(server.app().userinfo(refreshed.string("access_token")).string("sub"))
        .isEqualTo(TestServer.ANNA.value());
  }
}
