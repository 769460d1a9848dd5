package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static dev.countersign.resource.Scene.CLIENT_KEY;
import static dev.countersign.resource.Scene.JOSE;
import static dev.countersign.resource.Scene.NONCES;
import static dev.countersign.resource.Scene.NOW;
import static dev.countersign.resource.Scene.RANDOM;
import static dev.countersign.resource.Scene.answer;
import static dev.countersign.resource.Scene.guard;
import static dev.countersign.resource.Scene.proof;
import static dev.countersign.resource.Scene.request;
import static dev.countersign.resource.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.dpop.DpopNonce;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoncesTest {
  private static final String URL = "https://api.example.com/accounts";
  private final ResourceServer guard = guard(new Nonces.On(NONCES));
  private final AccessToken token = token();

  @Test
  @Requirement({"DP-13", "DP-14", "DP-11"})
  void asksForANonceAndGivesOneThatIsGood() {
    Verdict first = judge(Optional.empty(), NOW);
    assertThat(((Verdict.Refused) first).status()).isEqualTo(401);
    Challenge challenge = Challenge.parse(answer(first).all("WWW-Authenticate")).getFirst();
    assertThat(challenge.attribute("error")).contains("use_dpop_nonce");
    assertThat(answer(first).all("DPoP-Nonce")).hasSize(1);
    DpopNonce given = new DpopNonce(answer(first).first("DPoP-Nonce").orElseThrow());
    Verdict second = judge(Optional.of(given), NOW);
    assertThat(second).isInstanceOf(Verdict.Admitted.class);
    assertThat(answer(second).all("DPoP-Nonce")).hasSize(1);
    assertThat(answer(second).all("Cache-Control")).containsExactly("no-store");
  }

  @Test
  @Requirement("DP-14")
  void refusesAStaleNonce() {
    assertThat(judge(Optional.of(NONCES.mint(NOW.minusSeconds(299))), NOW))
        .isInstanceOf(Verdict.Admitted.class);
    assertThat(judge(Optional.of(NONCES.mint(NOW.minusSeconds(301))), NOW))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @Requirement("DP-14")
  void refusesANonceOfTheAuthorizationServer() {
    byte[] sharedByMistake = RANDOM.generateSeed(32);
    DpopNonces ours =
        new DpopNonces(JOSE, "rs", List.of(sharedByMistake), Duration.ofMinutes(5), RANDOM);
    DpopNonces theirs =
        new DpopNonces(JOSE, "as", List.of(sharedByMistake), Duration.ofMinutes(5), RANDOM);
    ResourceServer server = guard(new Nonces.On(ours));
    assertThat(judge(server, Optional.of(theirs.mint(NOW)), NOW))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(judge(server, Optional.of(ours.mint(NOW)), NOW))
        .isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement("DP-4")
  void trustsTheNoncesTimeInPlaceOfTheClientsClock() {
    assertThat(judge(Optional.of(NONCES.mint(NOW)), NOW.minusSeconds(7200)))
        .isInstanceOf(Verdict.Admitted.class);
    assertThat(
            judge(guard(new Nonces.Off()), Optional.of(NONCES.mint(NOW)), NOW.minusSeconds(7200)))
        .isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @Requirement("DP-15")
  void refusesTheSecondUseOfAProofWhileItsNonceLasts() {
    String proof = proof(CLIENT_KEY, "GET", URL, NOW, token, Optional.of(NONCES.mint(NOW)));
    ResourceRequest same = request("Authorization", "DPoP " + token.reveal(), "DPoP", proof);
    assertThat(guard.judge(same, ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
    assertThat(guard.judge(same, ACCOUNTS)).isInstanceOf(Verdict.Refused.class);
  }

  @Test
  @Requirement({"DP-15", "SP-6.2"})
  void asksForANonceMintedSinceItsMemoryBegan() {
    ResourceServer restarted =
        guard(new Nonces.On(NONCES), new InMemoryProofReplays(NOW.minusSeconds(10)), "");
    Verdict before = judge(restarted, Optional.of(NONCES.mint(NOW.minusSeconds(11))), NOW);
    assertThat(
            Challenge.parse(answer(before).all("WWW-Authenticate")).getFirst().attribute("error"))
        .contains("use_dpop_nonce");
    assertThat(judge(restarted, Optional.of(NONCES.mint(NOW.minusSeconds(10))), NOW))
        .isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  @Requirement("DP-13")
  void ignoresANonceClaimWhereNoncesAreOff() {
    assertThat(judge(guard(new Nonces.Off()), Optional.of(new DpopNonce("somebody-elses")), NOW))
        .isInstanceOf(Verdict.Admitted.class);
  }

  private Verdict judge(Optional<DpopNonce> nonce, Instant iat) {
    return judge(guard, nonce, iat);
  }

  private Verdict judge(ResourceServer server, Optional<DpopNonce> nonce, Instant iat) {
    String proof = proof(CLIENT_KEY, "GET", URL, iat, token, nonce);
    return server.judge(
        request("Authorization", "DPoP " + token.reveal(), "DPoP", proof), ACCOUNTS);
  }
}
