package dev.countersign.resource;

import static dev.countersign.resource.Scene.NONCES;
import static dev.countersign.resource.Scene.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import dev.countersign.resource.SignedScene.Sent;
import dev.countersign.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Clients send a signed request again when a signed answer demands a nonce, since it says that
 * nothing was done. Whoever stands in between could hand on a request shortly before its nonce
 * expires, keep the answer, and hand it on again.
 */
class DemandedNonceTest {
  private static final Duration LIFETIME = NONCES.lifetime();

  private final TestClock clock = new TestClock(NOW);

  private ResourceServer guard(Instant since) {
    return SignedScene.demanding(
            ResourceServer.of(
                new ResourceServer.Settings(
                    Scene.ISSUER,
                    new ResourceIndicator(Scene.AUDIENCE),
                    PublicUrl.of(Scene.AUDIENCE),
                    new Nonces.On(NONCES)),
                Scene.JOSE,
                token -> JwkSet.of(List.of(Scene.ISSUER_KEY.publicJwk())),
                new InMemoryProofReplays(since),
                clock))
        .signResponses(SignedScene.SERVER);
  }

  private static Sent payment(AccessToken token, Instant minted) {
    return SignedScene.payment(token, NOW, Optional.of(NONCES.mint(minted)));
  }

  private static String error(Verdict verdict, Sent request) {
    Verdict.Refused no = (Verdict.Refused) verdict;
    assertThat(no.status()).isEqualTo(401);
    assertThat(SignedScene.read(401, Scene.answer(no), request)).isPresent();
    return Challenge.parse(Scene.answer(no).all(Challenge.HEADER))
        .getFirst()
        .attribute("error")
        .orElse("none");
  }

  @Test
  @Requirement({"S-10", "ATT-64"})
  void isNotDemandedOfARequestThatWasLetIn() {
    ResourceServer guard = guard(Scene.LONG_AGO);
    Sent payment = payment(Scene.token(), NOW.minus(LIFETIME));
    assertThat(payment.to(guard)).isInstanceOf(Verdict.Admitted.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(error(payment.to(guard), payment)).isEqualTo("invalid_dpop_proof");
    clock.advance(Duration.ofSeconds(59));
    assertThat(error(payment.to(guard), payment)).isEqualTo("invalid_dpop_proof");
    clock.advance(Duration.ofSeconds(1));
    // Nobody takes the signature any more.
    assertThat(error(payment.to(guard), payment)).isEqualTo("none");
  }

  @Test
  @Requirement({"S-10", "ATT-64", "DP-14"})
  void isDemandedOfOneThatWasNot() {
    ResourceServer guard = guard(Scene.LONG_AGO);
    Sent late = payment(Scene.token(), NOW.minus(LIFETIME).minusMillis(1));
    assertThat(error(late.to(guard), late)).isEqualTo("use_dpop_nonce");
    Sent without = SignedScene.payment(Scene.token(), NOW, Optional.empty());
    assertThat(error(without.to(guard), without)).isEqualTo("use_dpop_nonce");
    // Once is enough: the client sends another one then.
    assertThat(error(without.to(guard), without)).isEqualTo("invalid_dpop_proof");
  }

  @Test
  @Requirement({"S-10", "ATT-64"})
  void norWhereOnlyTheMemoryBeforeAStartWouldKnow() {
    Sent payment = payment(Scene.token(), NOW.minusSeconds(10));
    assertThat(payment.to(guard(NOW.minusSeconds(20)))).isInstanceOf(Verdict.Admitted.class);
    clock.advance(Duration.ofSeconds(5));
    assertThat(error(payment.to(guard(NOW.plusSeconds(1))), payment))
        .isEqualTo("invalid_dpop_proof");
    // Signed since then, if the client's clock is right.
    assertThat(error(payment.to(guard(NOW)), payment)).isEqualTo("use_dpop_nonce");
  }

  @Test
  @Requirement({"S-10", "ATT-64", "IN-4"})
  void thatHoldsForOpaqueTokens() {
    AccessToken token = AccessToken.random(Scene.RANDOM);
    ResourceServer guard =
        guard(Scene.LONG_AGO)
            .takingOpaque(
                (presented, now) ->
                    IntrospectionResponse.Active.of(
                        Scene.claims(),
                        Scene.claims().aud(),
                        Scene.ACCOUNTS,
                        Scene.claims().authorizationDetails(),
                        Scene.claims().grantHandles()));
    Sent payment = payment(token, NOW.minus(LIFETIME));
    assertThat(payment.to(guard)).isInstanceOf(Verdict.Admitted.class);
    clock.advance(Duration.ofSeconds(1));
    assertThat(error(payment.to(guard), payment)).isEqualTo("invalid_dpop_proof");
    Sent without = SignedScene.payment(token, NOW, Optional.empty());
    assertThat(error(without.to(guard), without)).isEqualTo("use_dpop_nonce");
  }
}
