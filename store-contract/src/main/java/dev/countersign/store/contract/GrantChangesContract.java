package dev.countersign.store.contract;

import static dev.countersign.store.contract.Changes.addition;
import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.StoreException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Codes that change a grant that is there. */
abstract class GrantChangesContract extends ConcernContract {

  private static final Instant LATER = NOW.plus(STEP);

  @Test
  @Requirement({"GM-5.2-4"})
  void aMergeMakesTheGrantWhatItSaysForTheTokensOfBeforeToo() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.merge(first.grant(), addition(1), LATER));

    assertStands(second);
    assertThat(standing(first.grant())).isEqualTo(second.grant());
    assertThat(store().findByAccessToken(first.accessToken().jti(), NOW)).contains(second.grant());
  }

  @Test
  @Requirement({"GM-5.2-5", "GM-10-2"})
  void aReplacementEndsTheAccessTokensOfBefore() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.replace(first.grant(), addition(1), LATER));

    assertStands(second);
    assertThat(standing(first.grant())).isEqualTo(second.grant());
    assertDead(first);
  }

  @Test
  @Requirement({"GM-10-2"})
  void bothEndTheRefreshTokensOfBefore() {
    Redeemed first = redeemed();
    Redeemed merged = changed(Changes.merge(first.grant(), addition(1), LATER));

    assertThat(refreshed(first)).isEqualTo(new RefreshOutcome.Unknown());
    assertThat(refreshed(merged)).isEqualTo(new RefreshOutcome.Refreshed(merged.grant()));

    Redeemed replaced = changed(Changes.replace(merged.grant(), addition(2), LATER));

    assertThat(refreshed(merged)).isEqualTo(new RefreshOutcome.Unknown());
    assertThat(refreshed(replaced)).isEqualTo(new RefreshOutcome.Refreshed(replaced.grant()));
  }

  @Test
  @Requirement({"GM-5.2-5"})
  void aReplacementForgetsWhatWasAllowedSoThatNoneOfItComesBackUnasked() {
    Redeemed first = redeemed();
    Consent remembered = consent();
    Redeemed merged = changed(Changes.merge(first.grant(), addition(1), LATER));

    assertThat(remembered).isNotEqualTo(Consent.NONE);
    assertThat(consent()).isEqualTo(remembered);

    changed(Changes.replace(merged.grant(), addition(2), LATER));

    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void aChangedGrantLastsAsLongAsTheLastOfItsTokens() {
    Redeemed first = redeemed(samples.accessToken(NOW.plusSeconds(300)), samples.refreshToken());
    Redeemed merged =
        changed(
            Changes.merge(first.grant(), addition(1), LATER),
            samples.accessToken(NOW.plusSeconds(100)),
            samples.refreshToken(NOW.plusSeconds(200)));

    assertThat(end(first.grant())).contains(NOW.plusSeconds(300));

    changed(
        Changes.replace(merged.grant(), addition(2), LATER),
        samples.accessToken(NOW.plusSeconds(50)),
        samples.refreshToken(NOW.plusSeconds(60)));

    assertThat(end(first.grant())).contains(NOW.plusSeconds(60));
  }

  @Test
  void aChangeFromWhatTheGrantIsNoLongerDoesNothing() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.merge(first.grant(), addition(1), LATER));

    refusesAndLeaves(Changes.merge(first.grant(), addition(2), LATER), second);
    refusesAndLeaves(Changes.replace(first.grant(), addition(2), LATER), second);
  }

  @Test
  @Requirement({"GM-10-2"})
  void aChangeOfAnEarlierGenerationDoesNothing() {
    Redeemed first = redeemed();
    GrantChange merge = Changes.merge(first.grant(), addition(2), LATER);
    Redeemed second = changed(Changes.replace(first.grant(), addition(1), LATER));
    // The next revision, but worked out from what was merged and not replaced.
    refusesAndLeaves(Changes.merge(merge.after(), addition(3), LATER), second);
  }

  @Test
  void theCodeOfARefusedChangeIsGoodForTheRightOne() {
    Redeemed first = redeemed();
    GrantChange late = Changes.merge(first.grant(), addition(2), LATER);
    IssuedCode code = issuedFor(late.after());
    Redeemed second = changed(Changes.merge(first.grant(), addition(1), LATER));
    OnceKey key = samples.onceKey();

    assertThat(redeem(code, late, Set.of(key), NOW)).isEqualTo(new RedeemOutcome.GrantMoved());
    GrantChange again = Changes.merge(second.grant(), addition(2), LATER);

    assertThat(redeem(code, again, Set.of(key), NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(again.after()));
    assertThat(standing(first.grant()).details().list())
        .containsAll(addition(1).list())
        .containsAll(addition(2).list());
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void changesNoGrantThatIsGoneOrOver() {
    Redeemed revoked = redeemed();
    store().revokeGrant(revoked.grant().id(), Set.of(), NOW);
    GrantChange ofRevoked = Changes.merge(revoked.grant(), addition(1), LATER);

    assertThat(redeem(issuedFor(revoked.grant()), ofRevoked, Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.GrantMoved());
    assertDead(revoked);

    Instant end = NOW.plusSeconds(30);
    Redeemed over = redeemed(samples.accessToken(end), samples.refreshToken(end));
    GrantChange ofOver = Changes.merge(over.grant(), addition(1), LATER);

    assertThat(redeem(issuedFor(over.grant()), ofOver, Set.of(), end))
        .isEqualTo(new RedeemOutcome.GrantMoved());
    assertThat(store().findGrant(over.grant().id(), end)).isEmpty();
    assertThat(redeem(issuedFor(over.grant()), ofOver, Set.of(), end.minus(STEP)))
        .isEqualTo(new RedeemOutcome.Redeemed(ofOver.after()));
  }

  @Test
  void judgesTheCodeBeforeTheGrant() {
    Redeemed first = redeemed();
    GrantChange merge = Changes.merge(first.grant(), addition(1), LATER);
    IssuedCode code = issuedFor(merge.after());
    OnceKey used = usedKey();
    changed(merge);

    assertThat(redeem(code, merge, Set.of(used), NOW))
        .isEqualTo(new RedeemOutcome.KeyReplayed(used));
    assertThat(redeem(code, merge, Set.of(), code.expiresAt()))
        .isEqualTo(new RedeemOutcome.Expired());
    assertThat(redeem(samples.code(), merge, Set.of(), NOW)).isEqualTo(new RedeemOutcome.Unknown());
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "ATT-05"})
  void aReplayedCodeOfAChangeEndsTheGrant() {
    Redeemed first = redeemed();
    Redeemed second = changed(Changes.merge(first.grant(), addition(1), LATER));
    GrantChange again = Changes.merge(second.grant(), addition(2), LATER);

    assertThat(redeem(second.code(), again, Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.Replayed(first.grant().id()));

    assertDead(first);
    assertDead(second);
    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void aTokenThatIsThereAlreadyLeavesTheGrantAsItWas() {
    Redeemed first = redeemed();
    GrantChange merge = Changes.merge(first.grant(), addition(1), LATER);
    IssuedCode code = issuedFor(merge.after());

    assertThatThrownBy(() -> redeem(code, merge, first.accessToken(), samples.refreshToken()))
        .isInstanceOf(StoreException.class);

    assertStands(first);
    assertThat(redeem(code, merge, Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(merge.after()));
  }

  @Test
  void aCodeChangesNoOtherGrantAndNobodyElsesGrant() {
    Redeemed first = redeemed();
    Redeemed other = redeemed();
    IssuedCode code = issuedFor(first.grant());
    GrantChange merge = Changes.merge(first.grant(), addition(1), LATER);
    Grant after = merge.after();
    Login stranger = new Login(new Subject("person-2"), NOW, Optional.empty());
    GrantChange ofStranger =
        new GrantChange(
            merge.before(),
            new Grant(
                after.id(),
                CLIENT,
                stranger,
                after.scope(),
                after.resources(),
                after.claims(),
                after.details(),
                after.createdAt(),
                after.updatedAt(),
                after.version()));

    assertThatThrownBy(
            () -> redeem(code, Changes.merge(other.grant(), addition(1), LATER), Set.of(), NOW))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> redeem(code, ofStranger, Set.of(), NOW))
        .isInstanceOf(StoreException.class);

    assertStands(first);
    assertStands(other);
  }

  private void refusesAndLeaves(GrantChange change, Redeemed there) {
    NewAccessToken accessToken = samples.accessToken();
    NewRefreshToken refreshToken = samples.refreshToken();

    assertThat(redeem(issuedFor(change.after()), change, accessToken, refreshToken))
        .isEqualTo(new RedeemOutcome.GrantMoved());

    assertStands(there);
    assertThat(standing(there.grant())).isEqualTo(there.grant());
    assertThat(store().findByAccessToken(accessToken.jti(), NOW)).isEmpty();
    assertThat(store().findByRefreshToken(refreshToken.digest(), NOW)).isEmpty();
  }

  private Optional<Instant> end(Grant grant) {
    return store().findGrant(grant.id(), NOW).flatMap(GrantRecord::expiresAt);
  }

  private RefreshOutcome refreshed(Redeemed redeemed) {
    return store().refresh(redeemed.refreshToken().digest(), samples.accessToken(), Set.of(), NOW);
  }

  private RedeemOutcome redeem(
      IssuedCode code, GrantChange change, Set<OnceKey> once, Instant now) {
    return store()
        .redeemCode(
            code.code(),
            CLIENT,
            Optional.of(change),
            samples.accessToken(),
            Optional.of(samples.refreshToken()),
            once,
            now);
  }
}
