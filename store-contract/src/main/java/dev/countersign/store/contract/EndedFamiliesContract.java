package dev.countersign.store.contract;

import static dev.countersign.store.EndedFamilies.MOST_OF_CLIENT;
import static dev.countersign.store.contract.Changes.addition;
import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewClientToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.Registration;
import dev.countersign.store.TokenFamily;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    assertThat(ended(NOW)).isEmpty();
    store().sweep(END, ENOUGH);
    assertThat(ended(END)).isEmpty();
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void aRevokedGrantIsOneUntilTheLastOfItsAccessTokensWouldHaveExpired() {
    Redeemed redeemed = redeemedAndRefreshed();
    Instant later = NOW.plusSeconds(10);
    store().revokeGrant(redeemed.grant().id(), Set.of(), later);

    EndedFamily ended = new EndedFamily(TokenFamily.of(redeemed.grant()), END);
    assertThat(ended(later)).containsExactly(ended);
    store().sweep(END.minus(STEP), ENOUGH);
    assertThat(ended(END.minus(STEP))).containsExactly(ended);
    assertThat(ended(END)).isEmpty();
  }

  @Test
  void aGrantWhoseAccessTokensHadAllExpiredIsNone() {
    Redeemed redeemed = redeemedAndRefreshed();
    assertThat(store().revokeGrant(redeemed.grant().id(), Set.of(), END))
        .isEqualTo(new RevokeOutcome.Revoked());

    assertThat(ended(NOW)).isEmpty();
  }

  @Test
  void anAccessTokenThatLivesForOneMoreStepMakesOne() {
    Redeemed redeemed = redeemedAndRefreshed();
    Instant last = END.minus(STEP);
    store().revokeGrant(redeemed.grant().id(), Set.of(), last);

    assertThat(ended(last)).containsExactly(new EndedFamily(TokenFamily.of(redeemed.grant()), END));
  }

  @Test
  void aSecondRevocationAndOneWithAReplayedKeyAddNothing() {
    Redeemed redeemed = redeemed();
    store().revokeGrant(redeemed.grant().id(), Set.of(usedKey()), NOW);
    assertThat(ended(NOW)).isEmpty();

    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW.plusSeconds(1));
    assertThat(ended(NOW)).containsExactly(family(redeemed.grant()));
  }

  @Test
  @Requirement({"RV-2"})
  void aRevokedTokenOfAClientItselfIsOne() {
    NewAccessToken own = samples.accessToken();
    store().issueToClient(Samples.ofClient(own), Set.of(), NOW);
    Redeemed redeemed = redeemed();
    store().revokeClientToken(redeemed.accessToken().jti(), Set.of(), NOW);
    store().revokeClientToken(own.jti(), Set.of(), NOW);
    store().revokeClientToken(own.jti(), Set.of(), NOW);

    assertThat(ended(NOW)).containsExactly(family(own));
  }

  @Test
  void anExpiredTokenOfAClientItselfIsNone() {
    NewAccessToken own = samples.accessToken();
    store().issueToClient(Samples.ofClient(own), Set.of(), NOW);
    store().revokeClientToken(own.jti(), Set.of(), own.expiresAt());

    assertThat(ended(NOW)).isEmpty();
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

    assertThat(ended(later))
        .containsExactly(
            new EndedFamily(TokenFamily.of(redeemed.grant()), redeemed.accessToken().expiresAt()));
  }

  @Test
  @Requirement({"GM-10-2"})
  void eachGenerationOfAReplacedGrantIsOneOfItsOwn() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.replace(first.grant(), addition(1), NOW));

    assertThat(ended(NOW)).containsExactly(family(first.grant()));

    store().revokeGrant(first.grant().id(), Set.of(), NOW);
    assertThat(ended(NOW)).containsExactlyInAnyOrder(family(first.grant()), family(second.grant()));
    assertThat(TokenFamily.of(first.grant())).isNotEqualTo(TokenFamily.of(second.grant()));
  }

  @Test
  void aMergeEndsNoAccessToken() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.merge(first.grant(), addition(1), NOW));

    assertThat(ended(NOW)).isEmpty();
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

    assertThat(ended(NOW)).isEmpty();
    assertStands(second);
  }

  @Test
  void theGrantsOfAClientThatAreRevokedTogetherAreOneEach() {
    Redeemed first = redeemed();
    Redeemed second = redeemed();
    Instant end = NOW.plusSeconds(5);
    redeemed(samples.accessToken(end), samples.refreshToken());

    store().revokeGrantsOf(CLIENT, 1, end);
    assertThat(ended(end)).hasSizeLessThanOrEqualTo(1);
    store().revokeGrantsOf(CLIENT, ENOUGH, end);

    assertThat(ended(end)).containsExactlyInAnyOrder(family(first.grant()), family(second.grant()));
  }

  @Test
  @Requirement({"DC-4"})
  void allThatEndsWithARegistrationIsOneNoteWithTheLastEnd() {
    Registration registration = samples.registration(CLIENT);
    store().register(registration, ENOUGH);
    redeemed();
    redeemedAndRefreshed();
    NewAccessToken before = issued(samples.accessToken(NOW.plusSeconds(400)));
    issued(samples.accessToken(NOW.plusSeconds(5)));
    NewAccessToken others = samples.accessToken();
    store().issueToClient(Samples.of(Samples.OTHER_CLIENT, others), Set.of(), NOW);
    Instant later = NOW.plusSeconds(5);
    store().revokeClientToken(before.jti(), Set.of(), later);

    SecretDigest nobodys = samples.digest();
    store().endRegistration(CLIENT, nobodys, later);
    assertThat(clients(later)).isEmpty();
    store().endRegistration(CLIENT, registration.accessToken(), later);

    assertThat(ended(later)).isEmpty();
    assertThat(clients(later)).containsExactly(Map.entry(CLIENT, END));
    store().sweep(END.minus(STEP), ENOUGH);
    assertThat(clients(END.minus(STEP))).hasSize(1);
    assertThat(clients(END)).isEmpty();
  }

  @Test
  void whatARegistrationHadEndedBeforeMayBeTheLastToExpire() {
    store().register(samples.registration(CLIENT), ENOUGH);
    NewAccessToken last = issued(samples.accessToken(END));
    store().revokeClientToken(last.jti(), Set.of(), NOW);
    issued(samples.accessToken());
    store().endRegistration(CLIENT, NOW);

    assertThat(ended(NOW)).isEmpty();
    assertThat(clients(NOW)).containsExactly(Map.entry(CLIENT, END));
  }

  @Test
  void theEndOfAnUnusedRegistrationOrAtTheWordOfAnOperatorIsOne() {
    store().register(samples.registration(CLIENT), ENOUGH);
    redeemed();
    Instant later = NOW.plus(Duration.ofSeconds(5));
    store().endUnusedRegistrations(NOW, ENOUGH, later);

    assertThat(clients(later)).containsExactly(Map.entry(CLIENT, NOW.plusSeconds(300)));

    store().register(samples.registration(CLIENT), ENOUGH);
    issued(samples.accessToken(END));
    store().endRegistration(CLIENT, later);

    assertThat(clients(later)).containsExactly(Map.entry(CLIENT, END));
  }

  @Test
  void theEndOfARegistrationWithoutTokensThatLiveIsNone() {
    store().register(samples.registration(CLIENT), ENOUGH);
    issued(samples.accessToken());
    store().endRegistration(CLIENT, NOW.plusSeconds(300));

    assertThat(clients(NOW)).isEmpty();
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void aClientWhoseRegistrationHasEndedGetsNoTokenForItself() {
    Registration registration = samples.registration(CLIENT);
    store().register(registration, ENOUGH);
    NewAccessToken first = samples.accessToken();
    NewAccessToken second = samples.accessToken();
    OnceKey key = samples.onceKey();

    assertThat(store().issueToClient(registered(first), Set.of(), NOW))
        .isEqualTo(new ClientTokenOutcome.Issued());
    store().endRegistration(CLIENT, registration.accessToken(), NOW);
    assertThat(store().issueToClient(registered(second), Set.of(key), NOW))
        .isEqualTo(new ClientTokenOutcome.ClientGone());

    assertThat(store().findClientByAccessToken(second.jti(), NOW)).isEmpty();
    assertUsesUp(key);
    // A client of the files is in no registration.
    assertThat(store().issueToClient(Samples.ofClient(second), Set.of(), NOW))
        .isEqualTo(new ClientTokenOutcome.Issued());
  }

  private static NewClientToken registered(NewAccessToken token) {
    return new NewClientToken(CLIENT, true, List.of(Samples.API), token);
  }

  @Test
  @Requirement({"SP-5.3.4-3"})
  void moreOfOneClientThanAreToldOneByOneAreOneAndTheOthersStay() {
    NewAccessToken others = samples.accessToken();
    store().issueToClient(Samples.of(Samples.OTHER_CLIENT, others), Set.of(), NOW);
    store().revokeClientToken(others.jti(), Set.of(), NOW);
    redeemed(samples.accessToken(END), samples.refreshToken());
    NewAccessToken lives = issued(samples.accessToken(END.plusSeconds(100)));
    for (int i = 0; i < MOST_OF_CLIENT; i++) {
      store().revokeClientToken(issued(samples.accessToken()).jti(), Set.of(), NOW);
    }
    assertThat(ended(NOW)).hasSize(MOST_OF_CLIENT + 1);
    assertThat(clients(NOW)).isEmpty();

    store().revokeClientToken(issued(samples.accessToken()).jti(), Set.of(), NOW);
    assertThat(ended(NOW)).containsExactly(family(others));
    assertThat(clients(NOW)).containsExactly(Map.entry(CLIENT, NOW.plusSeconds(300)));

    store().revokeGrantsOf(CLIENT, ENOUGH, NOW);
    store().revokeClientToken(lives.jti(), Set.of(), NOW);
    assertThat(ended(NOW)).hasSize(3).contains(family(others), family(lives));
    assertThat(clients(NOW)).containsExactly(Map.entry(CLIENT, NOW.plusSeconds(300)));
  }

  @Test
  void theGrantsOfAClientThatAreRevokedTogetherCountAsWell() {
    for (int i = 1; i < MOST_OF_CLIENT; i++) {
      store().revokeClientToken(issued(samples.accessToken()).jti(), Set.of(), NOW);
    }
    redeemed();
    redeemed(samples.accessToken(END), samples.refreshToken());
    store().revokeGrantsOf(CLIENT, ENOUGH, NOW);

    assertThat(ended(NOW)).isEmpty();
    assertThat(clients(NOW)).containsExactly(Map.entry(CLIENT, END));
  }

  @Test
  void onlyThoseThatHadTokensForTheResourceAreToldThere() {
    ResourceIndicator other = new ResourceIndicator("https://api.example/v");
    NewAccessToken own = samples.accessToken();
    NewClientToken there = new NewClientToken(CLIENT, false, List.of(other), own);
    store().issueToClient(there, Set.of(), NOW);
    store().revokeClientToken(own.jti(), Set.of(), NOW);
    Redeemed redeemed = redeemed();
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);

    assertThat(ended(NOW)).containsExactly(family(redeemed.grant()));
    assertThat(store().findEnded(other, NOW).families()).containsExactly(family(own));
    for (ResourceIndicator resource : redeemed.grant().resources()) {
      assertThat(store().findEnded(resource, NOW).families())
          .containsExactly(family(redeemed.grant()));
    }
  }

  /** Of a grant whose access token ends after 300 seconds. */
  private static EndedFamily family(Grant grant) {
    return new EndedFamily(TokenFamily.of(grant), NOW.plusSeconds(300));
  }

  private static EndedFamily family(NewAccessToken own) {
    return new EndedFamily(TokenFamily.of(own.jti()), own.expiresAt());
  }

  private Map<ClientId, Instant> clients(Instant now) {
    return store().findEnded(Samples.API, now).clients();
  }

  private NewAccessToken issued(NewAccessToken own) {
    assertThat(store().issueToClient(Samples.ofClient(own), Set.of(), NOW))
        .isEqualTo(new ClientTokenOutcome.Issued());
    return own;
  }

  private Redeemed redeemedAndRefreshed() {
    Redeemed redeemed = redeemed();
    SecretDigest token = redeemed.refreshToken().digest();
    store().refresh(token, samples.accessToken(END), Set.of(), NOW);
    store().refresh(token, samples.accessToken(), Set.of(), NOW);
    return redeemed;
  }
}
