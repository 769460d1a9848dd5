package dev.countersign.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of every time that a client says, on both sides, by the server's clock. */
class ClockTest extends EndpointTest {
  private static final Params OWN = Params.of("grant_type", "client_credentials");

  private long now() {
    return server.now().getEpochSecond();
  }

  private Reply push(Consumer<Map<String, Object>> change) {
    TestClient app = server.app();
    Params by = app.authenticatedBy(app.assertion(change));
    return app.post("/par", app.authorizationRequest().and(by), List.of());
  }

  /** The token endpoint's answer to a proof; with a fresh nonce, so that only the change counts. */
  private Reply token(Consumer<Map<String, Object>> change) {
    String nonce = server.nonce();
    String proof =
        server
            .app()
            .proof(
                "POST",
                server.url("/token"),
                claims -> {
                  claims.put("nonce", nonce);
                  change.accept(claims);
                });
    return server.app().token(OWN, proof);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  @Requirement({"SP-5.3.2.1-13"})
  void anAssertionMayBeAheadBy30Seconds(String claim) {
    for (int ahead : new int[] {0, 8, 10, 30}) {
      assertThat(push(claims -> claims.put(claim, now() + ahead)).status())
          .as("%s +%d s", claim, ahead)
          .isEqualTo(201);
    }
    for (int ahead : new int[] {31, 60, 61, 3600}) {
      Reply refused =
          push(
              claims -> {
                claims.put(claim, now() + ahead);
                claims.put("exp", now() + 300);
              });
      assertThat(refused.outcome()).as("%s +%d s", claim, ahead).isEqualTo("401 invalid_client");
      assertThat(server.logged("rule")).contains("SP-5.3.2.1-13");
    }
  }

  @Test
  @Requirement({"SP-5.3.2.1-13", "CA-3"})
  void anAssertionIsGoodBeforeItsExpAndNoLonger() {
    assertThat(push(claims -> claims.put("exp", now() + 1)).status()).isEqualTo(201);
    assertThat(push(claims -> claims.put("exp", now())).outcome()).isEqualTo("401 invalid_client");
    assertThat(push(claims -> claims.put("exp", now() - 300)).outcome())
        .isEqualTo("401 invalid_client");
  }

  @Test
  @Requirement({"SP-5.3.2.1-13", "DP-15"})
  void aProofMayBeAheadBy30SecondsAndBehindBy60() {
    for (int off : new int[] {0, 10, 30, -10, -60}) {
      assertThat(token(claims -> claims.put("iat", now() + off)).status())
          .as("iat %d s", off)
          .isEqualTo(200);
    }
    for (int off : new int[] {31, 60, 61, 3600, -61, -3600}) {
      assertThat(token(claims -> claims.put("iat", now() + off)).outcome())
          .as("iat %d s", off)
          .isEqualTo("400 invalid_dpop_proof");
      assertThat(server.logged("rule")).contains(off > 0 ? "SP-5.3.2.1-13" : "DP-15");
    }
  }

  @Test
  @Requirement({"SP-5.3.2.1-13", "DP-3"})
  void aProofMayHaveNbfAndExpAndIsHeldToThem() {
    Reply both =
        token(
            claims -> {
              claims.put("nbf", now());
              claims.put("exp", now() + 300);
            });
    assertThat(both.status()).as(both.text()).isEqualTo(200);
    assertThat(token(claims -> claims.put("nbf", now() + 10)).status()).isEqualTo(200);
    assertThat(token(claims -> claims.put("nbf", now() + 30)).status()).isEqualTo(200);
    assertThat(token(claims -> claims.put("nbf", now() + 31)).outcome())
        .isEqualTo("400 invalid_dpop_proof");
    assertThat(server.logged("rule")).contains("SP-5.3.2.1-13");
    assertThat(token(claims -> claims.put("exp", now() - 29)).status()).isEqualTo(200);
    assertThat(token(claims -> claims.put("exp", now() - 30)).outcome())
        .isEqualTo("400 invalid_dpop_proof");
    assertThat(server.logged("rule")).contains("DP-4");
    assertThat(token(claims -> claims.put("exp", "soon")).outcome())
        .isEqualTo("400 invalid_dpop_proof");
  }

  @Test
  @Requirement({"SP-5.3.2.1-13", "DP-3"})
  void aProofAtUserinfoMayHaveThemToo() {
    TestClient app = server.app();
    String token = app.tokens().string("access_token");
    assertThat(userinfo(token, 0, 300).status()).isEqualTo(200);
    assertThat(userinfo(token, 10, 300).status()).isEqualTo(200);
    assertThat(userinfo(token, 61, 300).status()).isEqualTo(401);
    assertThat(userinfo(token, 0, -61).status()).isEqualTo(401);
  }

  private Reply userinfo(String token, int nbf, int exp) {
    TestClient app = server.app();
    String ath =
        Base64.getUrlEncoder().withoutPadding().encodeToString(SecretDigest.of(token).sha256());
    String proof =
        app.proof(
            "GET",
            server.url("/userinfo"),
            claims -> {
              claims.put("ath", ath);
              claims.put("nbf", now() + nbf);
              claims.put("exp", now() + exp);
            });
    return app.userinfo("GET", "DPoP " + token, proof);
  }

  @ParameterizedTest
  @ValueSource(ints = {59, 60, 61})
  @Requirement({"SP-5.3.2.1-11"})
  void aCodeIsGoodForLessThan60Seconds(int seconds) {
    TestClient app = server.app();
    String code = app.code();
    server.pass(Duration.ofSeconds(seconds));
    assertThat(app.token(app.codeRequest(code)).outcome())
        .isEqualTo(seconds < 60 ? "200" : "400 invalid_grant");
  }
}
