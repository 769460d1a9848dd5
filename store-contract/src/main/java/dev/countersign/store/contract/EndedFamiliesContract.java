package dev.countersign.store.contract;

import static dev.countersign.store.contract.Changes.addition;
import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.Registration;
import dev.countersign.store.TokenFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is said of access tokens that were ended before their time. */
abstract class EndedFamiliesContract extends ConcernContract {

  private static final int ENOUGH = 100;

  /** When the access tokens of these tests end: one after 300 seconds, the other after 500. */
  private static final Instant END = NOW.plusSeconds(500);

  @Test
  void nothingHasEndedThatWorksOrExpired() {
    redeemedAndRefreshed();

    assertThat(store().findEndedFamilies(NOW)).isEmpty();
    store().sweep(END, ENOUGH);
    assertThat(store().findEndedFamilies(END)).isEmpty();
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void aRevokedGrantIsOneUntilTheLastOfItsAccessTokensWouldHaveExpired() {
    Redeemed redeemed = redeemedAndRefreshed();
    Instant later = NOW.plusSeconds(10);
    store().revokeGrant(redeemed.grant().id(), Set.of(), later);

    EndedFamily ended = new EndedFamily(TokenFamily.of(redeemed.grant()), later, END);
    assertThat(store().findEndedFamilies(later)).containsExactly(ended);
    store().sweep(END.minus(STEP), ENOUGH);
    assertThat(store().findEndedFamilies(END.minus(STEP))).containsExactly(ended);
    assertThat(store().findEndedFamilies(END)).isEmpty();
  }

  @Test
  void aGrantWhoseAccessTokensHadAllExpiredIsNone() {
    Redeemed redeemed = redeemedAndRefreshed();
    assertThat(store().revokeGrant(redeemed.grant().id(), Set.of(), END))
        .isEqualTo(new RevokeOutcome.Revoked());

    assertThat(store().findEndedFamilies(NOW)).isEmpty();
  }

  @Test
  void anAccessTokenThatLivesForOneMoreStepMakesOne() {
    Redeemed redeemed = redeemedAndRefreshed();
    Instant last = END.minus(STEP);
    store().revokeGrant(redeemed.grant().id(), Set.of(), last);

    assertThat(store().findEndedFamilies(last))
        .containsExactly(new EndedFamily(TokenFamily.of(redeemed.grant()), last, END));
  }

  @Test
  void aSecondRevocationAndOneWithAReplayedKeyAddNothing() {
    Redeemed redeemed = redeemed();
    store().revokeGrant(redeemed.grant().id(), Set.of(usedKey()), NOW);
    assertThat(store().findEndedFamilies(NOW)).isEmpty();

    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW.plusSeconds(1));
    assertThat(store().findEndedFamilies(NOW)).containsExactly(ended(redeemed.grant(), NOW));
  }

  @Test
  @Requirement({"RV-2"})
  void aRevokedTokenOfAClientItselfIsOne() {
    NewAccessToken own = samples.accessToken();
    store().issueToClient(CLIENT, own, Set.of(), NOW);
    Redeemed redeemed = redeemed();
    store().revokeClientToken(redeemed.accessToken().jti(), Set.of(), NOW);
    store().revokeClientToken(own.jti(), Set.of(), NOW);
    store().revokeClientToken(own.jti(), Set.of(), NOW);

    assertThat(store().findEndedFamilies(NOW))
        .containsExactly(new EndedFamily(TokenFamily.of(own.jti()), NOW, own.expiresAt()));
  }

  @Test
  void anExpiredTokenOfAClientItselfIsNone() {
    NewAccessToken own = samples.accessToken();
    store().issueToClient(CLIENT, own, Set.of(), NOW);
    store().revokeClientToken(own.jti(), Set.of(), own.expiresAt());

    assertThat(store().findEndedFamilies(NOW)).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void theGrantOfAReplayedCodeIsOne() {
    Redeemed redeemed = redeemed();
    Instant later = NOW.plusSeconds(10);
    store()
        .redeemCode(
            redeemed.code().code(),
            CLIENT,
            samples.accessToken(),
            Optional.empty(),
            Set.of(),
            later);

    assertThat(store().findEndedFamilies(later))
        .containsExactly(
            new EndedFamily(
                TokenFamily.of(redeemed.grant()), later, redeemed.accessToken().expiresAt()));
  }

  @Test
  @Requirement({"GM-10-2"})
  void eachGenerationOfAReplacedGrantIsOneOfItsOwn() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.replace(first.grant(), addition(1), NOW));

    assertThat(store().findEndedFamilies(NOW)).containsExactly(ended(first.grant(), NOW));

    store().revokeGrant(first.grant().id(), Set.of(), NOW);
    assertThat(store().findEndedFamilies(NOW))
        .containsExactlyInAnyOrder(ended(first.grant(), NOW), ended(second.grant(), NOW));
    assertThat(TokenFamily.of(first.grant())).isNotEqualTo(TokenFamily.of(second.grant()));
  }

  @Test
  void aMergeEndsNoAccessToken() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.merge(first.grant(), addition(1), NOW));

    assertThat(store().findEndedFamilies(NOW)).isEmpty();
    assertThat(TokenFamily.of(first.grant())).isEqualTo(TokenFamily.of(second.grant()));
  }

  @Test
  void aRefusedReplacementEndsNone() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.merge(first.grant(), addition(1), NOW));
    redeem(
        issuedFor(first.grant()),
        Changes.replace(first.grant(), addition(2), NOW),
        samples.accessToken(),
        samples.refreshToken());

    assertThat(store().findEndedFamilies(NOW)).isEmpty();
    assertStands(second);
  }

  @Test
  void theGrantsOfAClientThatAreRevokedTogetherAreOneEach() {
    Redeemed first = redeemed();
    Redeemed second = redeemed();
    Instant end = NOW.plusSeconds(5);
    redeemed(samples.accessToken(end), samples.refreshToken());

    store().revokeGrantsOf(CLIENT, 1, end);
    assertThat(store().findEndedFamilies(end)).hasSizeLessThanOrEqualTo(1);
    store().revokeGrantsOf(CLIENT, ENOUGH, end);

    assertThat(store().findEndedFamilies(end))
        .containsExactlyInAnyOrder(ended(first.grant(), end), ended(second.grant(), end));
  }

  @Test
  @Requirement({"DC-4"})
  void allThatEndsWithARegistrationIsNoted() {
    Registration registration = samples.registration(CLIENT);
    store().register(registration, ENOUGH);
    Redeemed redeemed = redeemed();
    NewAccessToken own = samples.accessToken();
    store().issueToClient(CLIENT, own, Set.of(), NOW);
    NewAccessToken over = samples.accessToken(NOW.plusSeconds(5));
    store().issueToClient(CLIENT, over, Set.of(), NOW);
    NewAccessToken others = samples.accessToken();
    store().issueToClient(Samples.OTHER_CLIENT, others, Set.of(), NOW);
    Instant later = NOW.plusSeconds(5);
    EndedFamily[] expected = {
      ended(redeemed.grant(), later),
      new EndedFamily(TokenFamily.of(own.jti()), later, own.expiresAt())
    };

    SecretDigest nobodys = samples.digest();
    store().endRegistration(CLIENT, nobodys, later);
    assertThat(store().findEndedFamilies(later)).isEmpty();
    store().endRegistration(CLIENT, registration.accessToken(), later);

    assertThat(store().findEndedFamilies(later)).containsExactlyInAnyOrder(expected);
  }

  @Test
  void allThatEndsWithAnUnusedRegistrationOrAtTheWordOfAnOperatorIsNoted() {
    store().register(samples.registration(CLIENT), ENOUGH);
    Redeemed first = redeemed();
    Instant later = NOW.plus(Duration.ofSeconds(5));
    store().endUnusedRegistrations(NOW, ENOUGH, later);

    assertThat(store().findEndedFamilies(later)).containsExactly(ended(first.grant(), later));

    store().register(samples.registration(CLIENT), ENOUGH);
    Redeemed second = redeemed();
    store().endRegistration(CLIENT, later);

    assertThat(store().findEndedFamilies(later))
        .containsExactlyInAnyOrder(ended(first.grant(), later), ended(second.grant(), later));
  }

  /** Of a grant whose access token ends after 300 seconds. */
  private static EndedFamily ended(Grant grant, Instant when) {
    return new EndedFamily(TokenFamily.of(grant), when, NOW.plusSeconds(300));
  }

  private Redeemed redeemedAndRefreshed() {
    Redeemed redeemed = redeemed();
    SecretDigest token = redeemed.refreshToken().digest();
    store().refresh(token, samples.accessToken(END), Set.of(), NOW);
    store().refresh(token, samples.accessToken(), Set.of(), NOW);
    return redeemed;
  }
}
