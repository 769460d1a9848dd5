package dev.countersign.server.userinfo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopProof;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.EndpointTest;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Userinfo with the nonces of resource servers switched on. */
class UserInfoNoncesTest extends EndpointTest {

  @Override
  protected String configuration(String yaml) {
    return yaml.replace("userinfo_nonces: false", "userinfo_nonces: true");
  }

  private Reply userinfo(String token, Optional<String> nonce, Instant iat) {
    TestClient app = server.app();
    String proof =
        DpopProof.create(
            server.jose(),
            app.dpopKey(),
            "GET",
            server.url("/userinfo"),
            Jti.random(server.random()),
            iat,
            Optional.of(new AccessToken(token)),
            nonce.map(DpopNonce::new));
    return app.userinfo("GET", "DPoP " + token, proof);
  }

  @Test
  @Requirement({"DP-13", "DP-14"})
  void asksForANonceAndTakesIt() {
    String token = server.app().tokens().string("access_token");
    Reply asked = userinfo(token, Optional.empty(), server.now());
    assertThat(asked.status()).isEqualTo(401);
    assertThat(asked.challenge().attribute("error")).contains("use_dpop_nonce");
    Optional<String> nonce = asked.header("DPoP-Nonce");
    Reply answered = userinfo(token, nonce, server.now());
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.header("DPoP-Nonce")).isPresent().isNotEqualTo(nonce);
  }

  @Test
  @Requirement({"DP-13"})
  void refusesANonceOfTheServersOtherEndpoints() {
    String token = server.app().tokens().string("access_token");
    Reply reply = userinfo(token, Optional.of(server.nonce()), server.now());
    assertThat(reply.challenge().attribute("error")).contains("use_dpop_nonce");
  }

  @Test
  @Requirement({"DP-4"})
  void letsTheTimeOfTheNonceReplaceThatOfTheProof() {
    String token = server.app().tokens().string("access_token");
    Optional<String> nonce = userinfo(token, Optional.empty(), server.now()).header("DPoP-Nonce");
    Instant wrongClock = server.now().minus(Duration.ofHours(3));
    assertThat(userinfo(token, nonce, wrongClock).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"DP-14"})
  void refusesAStaleNonce() {
    String token = server.app().tokens().string("access_token");
    Optional<String> nonce = userinfo(token, Optional.empty(), server.now()).header("DPoP-Nonce");
    server.pass(Duration.ofMinutes(5).plusSeconds(1));
    String fresh = server.app().tokens().string("access_token");
    assertThat(userinfo(fresh, nonce, server.now()).challenge().attribute("error"))
        .contains("use_dpop_nonce");
  }
}
