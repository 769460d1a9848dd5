package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshTokenGrantTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    // The other app may refresh as well, so that it is refused for nothing but whose token it is.
    return yaml.replace("[authorization_code]", "[authorization_code, refresh_token]")
        + "lifetimes: {refresh_token: 30d}\n";
  }

  private String refreshToken() {
    return server.app().tokens().string("refresh_token");
  }

  private Params request(String refreshToken) {
    return server.app().refreshRequest(refreshToken);
  }

  @Test
  @Requirement({"SP-5.3.2.1-9", "OA-6", "OA-7"})
  void refreshesAgainAndAgainByTheSameToken() {
    String refreshToken = refreshToken();
    Reply first = server.app().token(request(refreshToken));
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    assertThat(first.json().has("refresh_token")).isFalse();
    assertThat(first.string("scope")).isEqualTo("openid profile accounts");
    Reply second = server.app().token(request(refreshToken));
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.string("access_token")).isNotEqualTo(first.string("access_token"));
    assertThat(server.app().userinfo(second.string("access_token")).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"OA-6", "SP-5.3.2.1-14"})
  void narrowsTheScopeOfOneTokenOnly() {
    String refreshToken = refreshToken();
    Reply narrow = server.app().token(request(refreshToken).and("scope", "accounts"));
    assertThat(narrow.string("scope")).isEqualTo("accounts");
    assertThat(server.app().token(request(refreshToken)).string("scope"))
        .isEqualTo("openid profile accounts");
  }

  @Test
  @Requirement({"OA-6"})
  void refusesAScopeBeyondTheGrant() {
    Params more = request(refreshToken()).and("scope", "accounts payments");
    assertThat(server.app().token(more).outcome()).isEqualTo("400 invalid_scope");
  }

  @Test
  @Requirement({"OA-11"})
  void refusesAResourceBeyondTheGrant() {
    Params more = request(refreshToken()).and("resource", TestServer.REPORTS);
    assertThat(server.app().token(more).outcome()).isEqualTo("400 invalid_target");
  }

  @Test
  @Requirement({"DP-6"})
  void letsTheClientChangeItsKey() {
    TestClient app = server.app();
    SigningKey fresh = server.jose().generate(SignatureAlgorithm.EDDSA, server.random());
    String proof = app.proof("POST", server.url("/token"), fresh, Optional.of(server.nonce()));
    assertThat(app.token(request(refreshToken()), proof).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-6", "DP-9", "SP-5.3.4-5"})
  void bindsTheNewTokenToTheNewKeyOnly() {
    TestClient app = server.app();
    Reply tokens = app.tokens();
    String before = tokens.string("access_token");
    SigningKey fresh = server.jose().generate(SignatureAlgorithm.ES256, server.random());
    String proof = app.proof("POST", server.url("/token"), fresh, Optional.of(server.nonce()));
    String after = app.token(request(tokens.string("refresh_token")), proof).string("access_token");
    assertThat(userinfo(after, fresh).status()).isEqualTo(200);
    assertThat(userinfo(after, app.dpopKey()).status()).isEqualTo(401);
    assertThat(userinfo(before, app.dpopKey()).status()).isEqualTo(200);
    assertThat(userinfo(before, fresh).status()).isEqualTo(401);
  }

  private Reply userinfo(String token, SigningKey key) {
    String proof =
        DpopProof.create(
            server.jose(),
            key,
            "GET",
            server.url("/userinfo"),
            Jti.random(server.random()),
            server.now(),
            Optional.of(new AccessToken(token)),
            Optional.empty());
    return server.app().userinfo("GET", "DPoP " + token, proof);
  }

  @Test
  @Requirement({"OA-6", "OA-11", "SP-5.3.2.1-14"})
  void narrowsTheResourceOfOneTokenOnly() throws MalformedJsonException {
    TestClient app = server.app();
    Params both =
        app.authorizationRequest()
            .with("scope", "accounts reports")
            .and("resource", TestServer.API)
            .and("resource", TestServer.REPORTS);
    String refreshToken = app.token(app.codeRequest(app.code(both))).string("refresh_token");
    Reply narrow = app.token(request(refreshToken).and("resource", TestServer.REPORTS));
    assertThat(audience(narrow)).containsExactly(TestServer.REPORTS);
    assertThat(narrow.string("scope")).isEqualTo("reports");
    assertThat(audience(app.token(request(refreshToken))))
        .containsExactlyInAnyOrder(TestServer.API, TestServer.REPORTS);
    assertThat(audience(app.token(request(refreshToken).and("resource", TestServer.API))))
        .containsExactly(TestServer.API);
  }

  private static List<String> audience(Reply tokens) throws MalformedJsonException {
    JsonObject claims = RawJwt.claims(tokens.string("access_token"));
    return claims.isString("aud")
        ? claims.string("aud").stream().toList()
        : claims.strings("aud").orElseThrow();
  }

  @Test
  @Requirement({"OA-6", "OA-7"})
  void refusesTheTokenOfAnotherClientThatMayRefreshItself() {
    TestClient thief = server.other();
    assertThat(thief.tokens().json().has("refresh_token")).isTrue();
    assertThat(thief.token(thief.refreshRequest(refreshToken())).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(server.logged("detail")).contains("client is other-app, expected app");
  }

  @Test
  @Requirement({"OA-6", "OA-7"})
  void refusesTheTokenOfAnotherClient() {
    TestClient thief = server.machine();
    assertThat(thief.token(thief.refreshRequest(refreshToken())).outcome())
        .isEqualTo("400 unauthorized_client");
  }

  @Test
  @Requirement({"OA-6"})
  void refusesATokenThatItNeverGave() {
    assertThat(server.app().token(request("x".repeat(43))).outcome())
        .isEqualTo("400 invalid_grant");
    assertThat(server.app().token(Params.of("grant_type", "refresh_token")).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  void refusesATokenWhoseConfiguredTimeIsUp() {
    String refreshToken = refreshToken();
    server.pass(Duration.ofDays(30).minusSeconds(1));
    assertThat(server.app().token(request(refreshToken)).status()).isEqualTo(200);
    server.pass(Duration.ofSeconds(1));
    assertThat(server.app().token(request(refreshToken)).outcome()).isEqualTo("400 invalid_grant");
  }

  @Test
  @Requirement({"SP-5.3.2.1-4", "DP-6"})
  void refusesARefreshWithoutProof() {
    assertThat(server.app().token(request(refreshToken()), new String[0]).outcome())
        .isEqualTo("400 invalid_dpop_proof");
  }
}
