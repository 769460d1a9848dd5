package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grants and their tokens. */
abstract class GrantsContract extends ConcernContract {

  @Test
  void findsNoGrantByAnUnknownToken() {
    redeemed();

    assertThat(store().findByRefreshToken(samples.digest(), NOW)).isEmpty();
    assertThat(store().findByAccessToken(samples.accessToken().jti(), NOW)).isEmpty();
  }

  @Test
  void findsTheGrantUntilTheRefreshTokenExpires() {
    Instant end = NOW.plusSeconds(900);
    Redeemed redeemed = redeemed(samples.accessToken(), samples.refreshToken(end));
    store().sweep(end.minus(STEP), 100);

    assertThat(store().findByRefreshToken(redeemed.refreshToken().digest(), end.minus(STEP)))
        .contains(redeemed.grant());
    assertThat(store().findByRefreshToken(redeemed.refreshToken().digest(), end)).isEmpty();
  }

  @Test
  void aRefreshTokenWithoutAnEndWorksForYears() {
    Redeemed redeemed = redeemed();
    Instant later = NOW.plus(Duration.ofDays(3650));
    store().sweep(later, 100);

    assertThat(store().findByRefreshToken(redeemed.refreshToken().digest(), later))
        .contains(redeemed.grant());
  }

  @Test
  void findsTheGrantUntilTheAccessTokenExpires() {
    Redeemed redeemed = redeemed();
    Instant end = redeemed.accessToken().expiresAt();
    store().sweep(end.minus(STEP), 100);

    assertThat(store().findByAccessToken(redeemed.accessToken().jti(), end.minus(STEP)))
        .contains(redeemed.grant());
    assertThat(store().findByAccessToken(redeemed.accessToken().jti(), end)).isEmpty();
  }

  @Test
  void anAccessTokenThatOutlivesItsRefreshTokenIsFoundToItsEnd() {
    NewRefreshToken refreshToken = samples.refreshToken(NOW.plusSeconds(10));
    Redeemed redeemed = redeemed(samples.accessToken(NOW.plusSeconds(5)), refreshToken);
    NewAccessToken refreshed = samples.accessToken(NOW.plusSeconds(300));
    store().refresh(refreshToken.digest(), refreshed, Set.of(), NOW.plusSeconds(9));
    Instant last = refreshed.expiresAt().minus(STEP);
    store().sweep(last, 100);

    assertThat(store().findByAccessToken(refreshed.jti(), last)).contains(redeemed.grant());
  }

  @Test
  @Requirement({"SP-5.3.2.1-9"})
  void refreshKeepsTheNewAccessTokenAndTheSameRefreshToken() {
    Redeemed redeemed = redeemed();
    NewAccessToken next = samples.accessToken();

    assertThat(store().refresh(redeemed.refreshToken().digest(), next, Set.of(), NOW))
        .isEqualTo(new RefreshOutcome.Refreshed(redeemed.grant()));

    assertThat(store().findByAccessToken(next.jti(), NOW)).contains(redeemed.grant());
    assertStands(redeemed);
    assertThat(
            store().refresh(redeemed.refreshToken().digest(), samples.accessToken(), Set.of(), NOW))
        .isEqualTo(new RefreshOutcome.Refreshed(redeemed.grant()));
  }

  @Test
  void refreshUsesUpItsKeys() {
    OnceKey key = samples.onceKey();
    store().refresh(redeemed().refreshToken().digest(), samples.accessToken(), Set.of(key), NOW);

    assertUsedUp(key);
  }

  @Test
  void refreshWithAnUnknownTokenDoesNothing() {
    NewAccessToken accessToken = samples.accessToken();
    OnceKey key = samples.onceKey();

    assertThat(store().refresh(samples.digest(), accessToken, Set.of(key), NOW))
        .isEqualTo(new RefreshOutcome.Unknown());

    assertThat(store().findByAccessToken(accessToken.jti(), NOW)).isEmpty();
    assertUsesUp(key);
  }

  @Test
  void refreshWorksUntilTheTokenExpires() {
    Instant end = NOW.plusSeconds(900);
    NewRefreshToken token =
        redeemed(samples.accessToken(), samples.refreshToken(end)).refreshToken();

    assertThat(store().refresh(token.digest(), samples.accessToken(), Set.of(), end.minus(STEP)))
        .isInstanceOf(RefreshOutcome.Refreshed.class);
    assertThat(store().refresh(token.digest(), samples.accessToken(), Set.of(), end))
        .isEqualTo(new RefreshOutcome.Unknown());
  }

  @Test
  @Requirement({"CA-3", "DP-15"})
  void refreshWithAReplayedKeyKeepsNothing() {
    Redeemed redeemed = redeemed();
    NewAccessToken accessToken = samples.accessToken();
    OnceKey used = usedKey();
    OnceKey fresh = samples.onceKey();

    assertThat(
            store()
                .refresh(redeemed.refreshToken().digest(), accessToken, Set.of(fresh, used), NOW))
        .isEqualTo(new RefreshOutcome.KeyReplayed(used));

    assertThat(store().findByAccessToken(accessToken.jti(), NOW)).isEmpty();
    assertUsesUp(fresh);
  }

  @Test
  void aReplayedKeyIsJudgedBeforeAnUnknownRefreshToken() {
    OnceKey used = usedKey();

    assertThat(store().refresh(samples.digest(), samples.accessToken(), Set.of(used), NOW))
        .isEqualTo(new RefreshOutcome.KeyReplayed(used));
  }

  @Test
  void aClientGetsATokenForItselfWithoutAGrant() {
    NewAccessToken accessToken = samples.accessToken();
    OnceKey key = samples.onceKey();

    assertThat(store().issueToClient(Samples.ofClient(accessToken), Set.of(key), NOW))
        .isEqualTo(new ClientTokenOutcome.Issued());

    assertThat(store().findByAccessToken(accessToken.jti(), NOW)).isEmpty();
    assertUsedUp(key);
  }

  @Test
  @Requirement({"CA-3", "DP-15"})
  void aClientGetsNoTokenForAReplayedKey() {
    OnceKey used = usedKey();
    OnceKey fresh = samples.onceKey();
    NewAccessToken accessToken = samples.accessToken();

    assertThat(store().issueToClient(Samples.ofClient(accessToken), Set.of(used, fresh), NOW))
        .isEqualTo(new ClientTokenOutcome.KeyReplayed(used));

    assertUsesUp(fresh);
    assertThat(store().issueToClient(Samples.ofClient(accessToken), Set.of(), NOW))
        .isEqualTo(new ClientTokenOutcome.Issued());
  }

  @Test
  void aJtiThatIsThereAlreadyIsBrokenCodeAndUsesUpNoKey() {
    Redeemed redeemed = redeemed();
    OnceKey key = samples.onceKey();

    assertThatThrownBy(
            () -> store().issueToClient(Samples.ofClient(redeemed.accessToken()), Set.of(key), NOW))
        .isInstanceOf(StoreException.class);

    assertUsesUp(key);
    assertStands(redeemed);
  }

  @Test
  void refreshWithAJtiThatIsThereAlreadyMovesNoTokenToItsGrantAndUsesUpNoKey() {
    Redeemed other = redeemed();
    Redeemed redeemed = redeemed();
    OnceKey key = samples.onceKey();

    assertThatThrownBy(
            () ->
                store()
                    .refresh(
                        redeemed.refreshToken().digest(), other.accessToken(), Set.of(key), NOW))
        .isInstanceOf(StoreException.class);

    assertStands(other);
    assertStands(redeemed);
    assertUsesUp(key);
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void revocationEndsAllTokensOfTheGrant() {
    Redeemed redeemed = redeemed();
    NewAccessToken refreshed = samples.accessToken();
    store().refresh(redeemed.refreshToken().digest(), refreshed, Set.of(), NOW);
    OnceKey key = samples.onceKey();

    assertThat(store().revokeGrant(redeemed.grant().id(), Set.of(key), NOW))
        .isEqualTo(new RevokeOutcome.Revoked());

    assertDead(redeemed);
    assertThat(store().findByAccessToken(refreshed.jti(), NOW)).isEmpty();
    assertThat(
            store().refresh(redeemed.refreshToken().digest(), samples.accessToken(), Set.of(), NOW))
        .isEqualTo(new RefreshOutcome.Unknown());
    assertUsedUp(key);
  }

  @Test
  void revocationLeavesOtherGrantsAlone() {
    Redeemed other = redeemed();
    store().revokeGrant(redeemed().grant().id(), Set.of(), NOW);

    assertStands(other);
  }

  @Test
  void aSecondRevocationFindsItGoneAndStillUsesUpItsKeys() {
    GrantId grant = redeemed().grant().id();
    store().revokeGrant(grant, Set.of(), NOW);
    OnceKey key = samples.onceKey();

    assertThat(store().revokeGrant(grant, Set.of(key), NOW))
        .isEqualTo(new RevokeOutcome.AlreadyGone());
    assertUsedUp(key);
  }

  @Test
  void revocationOfAnUnknownGrantFindsItGone() {
    assertThat(store().revokeGrant(samples.grant().id(), Set.of(), NOW))
        .isEqualTo(new RevokeOutcome.AlreadyGone());
  }

  @Test
  @Requirement({"CA-3"})
  void revocationWithAReplayedKeyLeavesTheGrantStanding() {
    Redeemed redeemed = redeemed();
    OnceKey used = usedKey();
    OnceKey fresh = samples.onceKey();

    assertThat(store().revokeGrant(redeemed.grant().id(), Set.of(fresh, used), NOW))
        .isEqualTo(new RevokeOutcome.KeyReplayed(used));

    assertStands(redeemed);
    assertUsesUp(fresh);
  }

  @Test
  void findsWhoseATokenOfAClientItselfIsUntilItExpires() {
    NewAccessToken own = ofClient();
    Instant end = own.expiresAt();
    store().sweep(end.minus(STEP), 100);

    assertThat(store().findClientByAccessToken(own.jti(), end.minus(STEP))).contains(CLIENT);
    assertThat(store().findClientByAccessToken(own.jti(), end)).isEmpty();
  }

  @Test
  void aTokenOfAGrantAndAnUnknownOneAreNoClientsOwn() {
    Redeemed redeemed = redeemed();

    assertThat(store().findClientByAccessToken(redeemed.accessToken().jti(), NOW)).isEmpty();
    assertThat(store().findClientByAccessToken(samples.accessToken().jti(), NOW)).isEmpty();
  }

  @Test
  @Requirement({"RV-2"})
  void revocationEndsATokenOfAClientItselfAndNoOther() {
    NewAccessToken own = ofClient();
    NewAccessToken next = ofClient();
    OnceKey key = samples.onceKey();

    assertThat(store().revokeClientToken(own.jti(), Set.of(key), NOW))
        .isEqualTo(new RevokeOutcome.Revoked());

    assertThat(store().findClientByAccessToken(own.jti(), NOW)).isEmpty();
    assertThat(store().findClientByAccessToken(next.jti(), NOW)).contains(CLIENT);
    assertUsedUp(key);
  }

  @Test
  void aSecondRevocationOfATokenFindsItGoneAndStillUsesUpItsKeys() {
    NewAccessToken own = ofClient();
    store().revokeClientToken(own.jti(), Set.of(), NOW);
    OnceKey key = samples.onceKey();

    assertThat(store().revokeClientToken(own.jti(), Set.of(key), NOW))
        .isEqualTo(new RevokeOutcome.AlreadyGone());
    assertUsedUp(key);
  }

  @Test
  void aTokenOfAGrantIsNotRevokedAsAClientsOwn() {
    Redeemed redeemed = redeemed();

    assertThat(store().revokeClientToken(redeemed.accessToken().jti(), Set.of(), NOW))
        .isEqualTo(new RevokeOutcome.AlreadyGone());

    assertStands(redeemed);
  }

  @Test
  @Requirement({"CA-3"})
  void revocationOfATokenWithAReplayedKeyLeavesItStanding() {
    NewAccessToken own = ofClient();
    OnceKey used = usedKey();
    OnceKey fresh = samples.onceKey();

    assertThat(store().revokeClientToken(own.jti(), Set.of(fresh, used), NOW))
        .isEqualTo(new RevokeOutcome.KeyReplayed(used));

    assertThat(store().findClientByAccessToken(own.jti(), NOW)).contains(CLIENT);
    assertUsesUp(fresh);
  }

  private NewAccessToken ofClient() {
    NewAccessToken own = samples.accessToken();
    assertThat(store().issueToClient(Samples.ofClient(own), Set.of(), NOW))
        .isEqualTo(new ClientTokenOutcome.Issued());
    return own;
  }
}
