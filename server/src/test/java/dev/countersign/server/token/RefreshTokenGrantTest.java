package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefreshTokenGrantTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    return yaml + "lifetimes: {refresh_token: 30d}\n";
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
