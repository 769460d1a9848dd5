package dev.countersign.resource;

import static dev.countersign.resource.Scene.ACCOUNTS;
import static dev.countersign.resource.Scene.NOW;
import static dev.countersign.resource.Scene.OTHER_KEY;
import static dev.countersign.resource.Scene.goodProof;
import static dev.countersign.resource.Scene.proof;
import static dev.countersign.resource.Scene.request;
import static dev.countersign.resource.Scene.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.requirement.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a resource server asks whether a token stands, and what the answer does. */
@Requirement({"SP-5.3.4-3", "ATT-51", "A7-11"})
class TokenStatusTest {
  private final List<VerifiedAccessToken> asked = new ArrayList<>();
  private final ResourceServer guard = Scene.guard(new Nonces.Off());
  private final AccessToken token = token();

  private ResourceServer answering(boolean stands) {
    return guard.asking(
        (verified, now) -> {
          assertThat(now).isEqualTo(NOW);
          asked.add(verified);
          return stands;
        });
  }

  private ResourceRequest with(String proof) {
    return request("Authorization", "DPoP " + token.reveal(), "DPoP", proof);
  }

  @Test
  void admitsATokenThatStands() {
    assertThat(answering(true).judge(with(goodProof(token)), ACCOUNTS))
        .isInstanceOf(Verdict.Admitted.class);
    assertThat(asked).extracting(VerifiedAccessToken::token).containsExactly(token);
  }

  @Test
  void refusesATokenThatWasRevokedAsOneThatIsNotValid() {
    Verdict.Refused refused =
        (Verdict.Refused) answering(false).judge(with(goodProof(token)), ACCOUNTS);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.refusal().rule().value()).isEqualTo("SP-5.3.4-3");
    Challenge challenge = Challenge.parse(Scene.answer(refused).all("WWW-Authenticate")).getFirst();
    assertThat(challenge.attribute("error")).contains("invalid_token");
  }

  @Test
  void servesNothingWhileNobodyCanSay() {
    String proof = goodProof(token);
    ResourceServer unable =
        guard.asking(
            (verified, now) -> {
              throw new TokenStatusUnavailableException("nobody answers");
            });
    Verdict.Refused refused = (Verdict.Refused) unable.judge(with(proof), ACCOUNTS);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.refusal().description()).doesNotContain("nobody");
    // The proof was not used up.
    assertThat(guard.judge(with(proof), ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
  }

  @Test
  void asksNobodyAboutARequestThatIsRefusedAnyway() {
    ResourceServer asking = answering(true);
    String stolen = proof(OTHER_KEY, "GET", "https://api.example.com/accounts", NOW, token);
    assertThat(asking.judge(with(stolen), ACCOUNTS)).isInstanceOf(Verdict.Refused.class);
    assertThat(asking.judge(with(goodProof(token)), Scope.of("payments")))
        .isInstanceOf(Verdict.Refused.class);
    assertThat(asking.judge(request(), ACCOUNTS)).isInstanceOf(Verdict.Refused.class);
    assertThat(asked).isEmpty();
  }

  @Test
  @Requirement("DP-15")
  void takesAProofOnceWhoeverIsAsked() {
    String proof = goodProof(token);
    assertThat(answering(true).judge(with(proof), ACCOUNTS)).isInstanceOf(Verdict.Admitted.class);
    assertThat(answering(true).judge(with(proof), ACCOUNTS)).isInstanceOf(Verdict.Refused.class);
  }
}
