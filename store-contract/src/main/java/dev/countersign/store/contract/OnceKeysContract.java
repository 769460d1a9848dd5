package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys;
import dev.countersign.store.OnceKeys.Outcome;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One-time use. */
@Requirement({"CA-3", "DP-15"})
abstract class OnceKeysContract extends ConcernContract {

  @Test
  void usesAFreshKey() {
    OnceKey key = samples.onceKey();

    assertThat(store().useOnce(Set.of(key), NOW)).isEqualTo(new Outcome.Used());
  }

  @Test
  void refusesAKeyThatWasUsed() {
    OnceKey key = usedKey();

    assertThat(store().useOnce(Set.of(key), NOW)).isEqualTo(new Outcome.Replayed(key));
  }

  /** Whatever order a set has by chance. */
  @Test
  void namesTheFirstByKindOfKeysThatWereUsed() {
    ClientId client = new ClientId("client");
    for (int i = 0; i < 8; i++) {
      Jti jti = new Jti("again-" + i);
      OnceKey object = OnceKey.requestObject(client, jti, NOW);
      OnceKey assertion = OnceKey.clientAssertion(client, jti, NOW);
      assertUsesUp(object);
      assertUsesUp(assertion);

      assertThat(store().useOnce(Set.of(object, assertion, samples.onceKey()), NOW))
          .isEqualTo(new Outcome.Replayed(assertion));
    }
  }

  @Test
  void refusesAUsedKeyThatNowWantsToLastLonger() {
    OnceKey key = usedKey();
    OnceKey longer = new OnceKey(key.kind(), key.digest(), key.until().plusSeconds(60));

    assertThat(store().useOnce(Set.of(longer), NOW)).isEqualTo(new Outcome.Replayed(longer));
  }

  @Test
  void usesAllKeysTogether() {
    OnceKey one = samples.onceKey();
    OnceKey other = samples.onceKey();

    assertThat(store().useOnce(Set.of(one, other), NOW)).isEqualTo(new Outcome.Used());

    assertUsedUp(one);
    assertUsedUp(other);
  }

  @Test
  void usesNoKeyWhenOneWasUsed() {
    OnceKey used = usedKey();
    OnceKey one = samples.onceKey();
    OnceKey other = samples.onceKey();

    assertThat(store().useOnce(Set.of(one, used, other), NOW))
        .isEqualTo(new Outcome.Replayed(used));

    assertUsesUp(one);
    assertUsesUp(other);
  }

  @Test
  void answersAnEmptySetWithUsed() {
    assertThat(store().useOnce(Set.of(), NOW)).isEqualTo(new Outcome.Used());
  }

  /** A client that shows a certificate brings neither an assertion nor a proof. */
  @Test
  @Requirement({"MT-3", "MT-5"})
  void eachOperationTakesRequestsWithNothingToUseUpAsOftenAsTheyCome() {
    for (int i = 0; i < 2; i++) {
      Redeemed redeemed = redeemed();
      NewAccessToken own = samples.accessToken();
      assertThat(
              store()
                  .refresh(redeemed.refreshToken().digest(), samples.accessToken(), Set.of(), NOW))
          .isEqualTo(new RefreshOutcome.Refreshed(redeemed.grant()));
      assertThat(store().issueToClient(Samples.ofClient(own), Set.of(), NOW))
          .isEqualTo(new ClientTokenOutcome.Issued());
      assertThat(store().revokeClientToken(own.jti(), Set.of(), NOW))
          .isEqualTo(new RevokeOutcome.Revoked());
      assertThat(store().revokeGrant(redeemed.grant().id(), Set.of(), NOW))
          .isEqualTo(new RevokeOutcome.Revoked());
      assertThat(store().useOnce(Set.of(), NOW)).isEqualTo(new Outcome.Used());
    }
  }

  @Test
  void keepsTheJtiOfAnotherClientApart() {
    Jti jti = new Jti("the-same");
    assertUsesUp(OnceKey.clientAssertion(Samples.CLIENT, jti, NOW));

    assertUsesUp(OnceKey.clientAssertion(Samples.OTHER_CLIENT, jti, NOW));
  }

  @Test
  void keepsKindsApart() {
    OnceKey assertion = OnceKey.clientAssertion(Samples.CLIENT, new Jti("the-same"), NOW);
    assertUsesUp(assertion);

    assertUsesUp(new OnceKey(OnceKey.Kind.DPOP_PROOF, assertion.digest(), NOW));
  }

  @Test
  void usesUpAKeyThatIsTooOldLikeAnyOther() {
    OnceKey old = samples.onceKey(NOW.minusSeconds(1));
    assertUsesUp(old);

    assertUsedUp(old);
  }

  @Test
  void refusesAUsedKeyAtItsLastInstantEvenAfterASweep() {
    OnceKey key = samples.onceKey(NOW.plusSeconds(60));
    assertUsesUp(key);

    store().sweep(key.until(), 100);

    assertThat(store().useOnce(Set.of(key), key.until())).isEqualTo(new Outcome.Replayed(key));
  }

  @Test
  void refusesAUsedKeyThatWasJudgedInTimeButSweptLaterBeforeItsTurnCame() {
    OnceKey key = samples.onceKey(NOW.plusSeconds(60));
    assertUsesUp(key);

    store().sweep(key.until().plus(OnceKeys.MARGIN), 100);

    assertThat(store().useOnce(Set.of(key), key.until())).isEqualTo(new Outcome.Replayed(key));
  }

  @Test
  void forgetsAKeyThatIsSweptLongAfterItsLastInstant() {
    OnceKey key = samples.onceKey(NOW.plusSeconds(60));
    assertUsesUp(key);

    assertThat(store().sweep(key.until().plus(Duration.ofDays(1)), 100)).isEqualTo(1);
  }
}
