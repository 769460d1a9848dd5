package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.CodeRecord;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantVersion;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Authorization codes. */
abstract class CodesContract extends ConcernContract {

  @Test
  void findsACodeWithAllThatBelongsToIt() {
    Grant sample = samples.grant();
    Grant grant =
        new Grant(
            sample.id(),
            CLIENT,
            new Login(sample.login().subject(), Instant.EPOCH.minus(STEP), Optional.empty()),
            Scope.NONE,
            sample.resources(),
            sample.claims(),
            sample.details(),
            NOW,
            NOW.plusSeconds(9),
            new GrantVersion(3, 1));
    IssuedCode code =
        issued(
            new IssuedCode(
                samples.digest(), Samples.fullRequest(), grant, false, NOW.plusSeconds(60)));

    assertThat(store().findCode(code.code(), NOW)).contains(new CodeRecord(code, false));
  }

  @Test
  void findsNoUnknownCode() {
    issued();

    assertThat(store().findCode(samples.digest(), NOW)).isEmpty();
  }

  @Test
  void findsARedeemedCodeForAnHourAfterItExpired() {
    IssuedCode code = redeemed().code();
    Instant late = code.expiresAt().plus(Duration.ofHours(1)).minus(STEP);
    store().sweep(late, 100);

    assertThat(store().findCode(code.code(), late)).contains(new CodeRecord(code, true));
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void findsACodeRedeemedWhateverBecameOfItsGrant() {
    IssuedCode code = redeemed().code();
    store().revokeGrant(code.grant().id(), Set.of(), NOW);

    assertThat(store().findCode(code.code(), NOW)).contains(new CodeRecord(code, true));
  }

  @Test
  void findsAnExpiredCodeForAnHour() {
    IssuedCode code = issued();
    Instant late = code.expiresAt().plus(Duration.ofHours(1)).minus(STEP);
    store().sweep(late, 100);

    assertThat(store().findCode(code.code(), late)).contains(new CodeRecord(code, false));
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void redemptionMakesTheGrantWithItsTokens() {
    Redeemed redeemed = redeemed();

    assertStands(redeemed);
  }

  @Test
  void redemptionNeedsNoRefreshToken() {
    IssuedCode code = issued();
    NewAccessToken accessToken = samples.accessToken();

    assertThat(redeem(code, CLIENT, accessToken, Optional.empty(), Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(code.grant()));
    assertThat(store().findByAccessToken(accessToken.jti(), NOW)).contains(code.grant());
  }

  @Test
  void thereIsNoGrantBeforeRedemption() {
    IssuedCode code = issued();

    assertThat(store().revokeGrant(code.grant().id(), Set.of(), NOW))
        .isEqualTo(new RevokeOutcome.AlreadyGone());
  }

  @Test
  @Requirement({"SP-5.3.2.1-11"})
  void redeemsACodeOneNanosecondBeforeItExpires() {
    IssuedCode code = issued();

    assertThat(redeem(code, CLIENT, Set.of(), code.expiresAt().minus(STEP)))
        .isEqualTo(new RedeemOutcome.Redeemed(code.grant()));
  }

  @Test
  @Requirement({"SP-5.3.2.1-11", "ATT-06"})
  void redeemsNoCodeFromTheInstantItExpires() {
    IssuedCode code = issued();
    OnceKey key = samples.onceKey();
    NewAccessToken accessToken = samples.accessToken();
    NewRefreshToken refreshToken = samples.refreshToken();

    assertThat(
            redeem(
                code,
                CLIENT,
                accessToken,
                Optional.of(refreshToken),
                Set.of(key),
                code.expiresAt()))
        .isEqualTo(new RedeemOutcome.Expired());

    assertNothingKept(accessToken, refreshToken);
    assertUsesUp(key);
  }

  @Test
  @Requirement({"SP-5.3.2.2-9", "SP-6.8-4", "ATT-05"})
  void aReplayedCodeEndsItsGrantAndKeepsNothingNew() {
    Redeemed first = redeemed();
    OnceKey key = samples.onceKey();
    NewAccessToken accessToken = samples.accessToken();
    NewRefreshToken refreshToken = samples.refreshToken();

    assertThat(
            redeem(first.code(), CLIENT, accessToken, Optional.of(refreshToken), Set.of(key), NOW))
        .isEqualTo(new RedeemOutcome.Replayed(first.grant().id()));

    assertDead(first);
    assertNothingKept(accessToken, refreshToken);
    assertUsedUp(key);
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void aCodeReplayedLongAfterItExpiredStillEndsItsGrant() {
    Redeemed first = redeemed();
    Instant late = first.code().expiresAt().plus(Duration.ofHours(1)).minus(STEP);
    store().sweep(late, 100);

    assertThat(redeem(first.code(), CLIENT, Set.of(), late))
        .isEqualTo(new RedeemOutcome.Replayed(first.grant().id()));
    assertDead(first);
  }

  @Test
  void aCodeReplayedTwiceIsStillAReplay() {
    Redeemed first = redeemed();
    redeem(first.code(), CLIENT, Set.of(), NOW);

    assertThat(redeem(first.code(), CLIENT, Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.Replayed(first.grant().id()));
  }

  @Test
  void aReplayLeavesOtherGrantsAlone() {
    Redeemed other = redeemed();
    redeem(redeemed().code(), CLIENT, Set.of(), NOW);

    assertStands(other);
  }

  @Test
  void anUnknownCodeIsUnknownAndNothingHappens() {
    OnceKey key = samples.onceKey();
    IssuedCode neverIssued = samples.code();

    assertThat(redeem(neverIssued, CLIENT, Set.of(key), NOW))
        .isEqualTo(new RedeemOutcome.Unknown());

    assertUsesUp(key);
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void anotherClientCannotRedeemACodeNorSpoilIt() {
    IssuedCode code = issued();
    OnceKey key = samples.onceKey();

    assertThat(redeem(code, Samples.OTHER_CLIENT, Set.of(key), NOW))
        .isEqualTo(new RedeemOutcome.Unknown());

    assertUsesUp(key);
    assertThat(redeem(code, CLIENT, Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(code.grant()));
  }

  @Test
  void anotherClientCannotEndTheGrantOfARedeemedCode() {
    Redeemed redeemed = redeemed();

    assertThat(redeem(redeemed.code(), Samples.OTHER_CLIENT, Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.Unknown());

    assertStands(redeemed);
  }

  @Test
  void redemptionUsesUpItsKeys() {
    OnceKey key = samples.onceKey();
    OnceKey other = samples.onceKey();
    redeem(issued(), CLIENT, Set.of(key, other), NOW);

    assertUsedUp(key);
    assertUsedUp(other);
  }

  @Test
  @Requirement({"CA-3", "DP-15"})
  void aReplayedKeyLeavesTheCodeGood() {
    IssuedCode code = issued();
    OnceKey used = usedKey();
    OnceKey fresh = samples.onceKey();

    assertThat(redeem(code, CLIENT, Set.of(fresh, used), NOW))
        .isEqualTo(new RedeemOutcome.KeyReplayed(used));

    assertThat(redeem(code, CLIENT, Set.of(fresh), NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(code.grant()));
  }

  @Test
  void aReplayedKeyIsJudgedBeforeAReplayedCodeAndTheGrantStands() {
    Redeemed redeemed = redeemed();
    OnceKey used = usedKey();

    assertThat(redeem(redeemed.code(), CLIENT, Set.of(used), NOW))
        .isEqualTo(new RedeemOutcome.KeyReplayed(used));

    assertStands(redeemed);
  }

  @Test
  void aReplayedKeyIsJudgedBeforeAnUnknownOrExpiredCode() {
    IssuedCode code = issued();
    OnceKey used = usedKey();

    assertThat(redeem(samples.code(), CLIENT, Set.of(used), NOW))
        .isEqualTo(new RedeemOutcome.KeyReplayed(used));
    assertThat(redeem(code, CLIENT, Set.of(used), code.expiresAt()))
        .isEqualTo(new RedeemOutcome.KeyReplayed(used));
  }

  @Test
  void aTokenThatIsThereAlreadyLeavesTheCodeGoodAndTheKeysFresh() {
    Redeemed there = redeemed();
    IssuedCode code = issued();
    OnceKey key = samples.onceKey();

    assertThatThrownBy(
            () ->
                redeem(
                    code,
                    CLIENT,
                    samples.accessToken(),
                    Optional.of(there.refreshToken()),
                    Set.of(key),
                    NOW))
        .isInstanceOf(StoreException.class);

    assertStands(there);
    assertThat(redeem(code, CLIENT, Set.of(key), NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(code.grant()));
  }

  @Test
  void aJtiThatIsThereAlreadyLeavesTheCodeGoodAndTheKeysFresh() {
    Redeemed there = redeemed();
    IssuedCode code = issued();
    OnceKey key = samples.onceKey();
    NewRefreshToken refreshToken = samples.refreshToken();

    assertThatThrownBy(
            () ->
                redeem(
                    code, CLIENT, there.accessToken(), Optional.of(refreshToken), Set.of(key), NOW))
        .isInstanceOf(StoreException.class);

    assertStands(there);
    assertThat(store().findByRefreshToken(refreshToken.digest(), NOW)).isEmpty();
    assertThat(redeem(code, CLIENT, Set.of(key), NOW))
        .isEqualTo(new RedeemOutcome.Redeemed(code.grant()));
  }

  @Test
  void aGrantIdThatIsThereAlreadyMakesNoSecondGrantAndSparesTheFirst() {
    Redeemed there = redeemed();
    IssuedCode code =
        issued(
            new IssuedCode(
                samples.digest(), Samples.request(), there.grant(), true, NOW.plusSeconds(60)));
    OnceKey key = samples.onceKey();
    NewAccessToken accessToken = samples.accessToken();
    NewRefreshToken refreshToken = samples.refreshToken();

    assertThatThrownBy(
            () -> redeem(code, CLIENT, accessToken, Optional.of(refreshToken), Set.of(key), NOW))
        .isInstanceOf(StoreException.class);

    assertStands(there);
    assertNothingKept(accessToken, refreshToken);
    assertUsesUp(key);
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void aCodeReplayedAfterItsGrantWasRevokedIsStillAReplayAndMakesNoGrant() {
    Redeemed redeemed = redeemed();
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);
    NewAccessToken accessToken = samples.accessToken();
    NewRefreshToken refreshToken = samples.refreshToken();

    assertThat(
            redeem(redeemed.code(), CLIENT, accessToken, Optional.of(refreshToken), Set.of(), NOW))
        .isEqualTo(new RedeemOutcome.Replayed(redeemed.grant().id()));

    assertDead(redeemed);
    assertNothingKept(accessToken, refreshToken);
  }

  private RedeemOutcome redeem(IssuedCode code, ClientId client, Set<OnceKey> once, Instant now) {
    return redeem(
        code, client, samples.accessToken(), Optional.of(samples.refreshToken()), once, now);
  }

  private RedeemOutcome redeem(
      IssuedCode code,
      ClientId client,
      NewAccessToken accessToken,
      Optional<NewRefreshToken> refreshToken,
      Set<OnceKey> once,
      Instant now) {
    SecretDigest digest = code.code();
    return store().redeemCode(digest, client, accessToken, refreshToken, once, now);
  }

  private void assertNothingKept(NewAccessToken accessToken, NewRefreshToken refreshToken) {
    assertThat(store().findByAccessToken(accessToken.jti(), NOW)).isEmpty();
    assertThat(store().findByRefreshToken(refreshToken.digest(), NOW)).isEmpty();
  }
}
