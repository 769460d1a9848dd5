package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.RefreshRotation;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Refresh tokens that are replaced because they are old. */
abstract class RotationContract extends ConcernContract {

  @Test
  @Requirement({"SP-5.3.2.1-9a"})
  void anOldRefreshTokenGetsOneSuccessorAndWorksUntilThatIsUsed() {
    Redeemed redeemed = redeemed();
    SecretDigest old = redeemed.refreshToken().digest();
    RefreshRotation rotation =
        new RefreshRotation(samples.digest(), NOW.plusNanos(1), NOW.plusSeconds(100));

    assertThat(refresh(old, rotation, NOW)).isEqualTo(new RefreshOutcome.Rotated(redeemed.grant()));
    assertThat(refresh(old, rotation, NOW.plusSeconds(99)))
        .isEqualTo(new RefreshOutcome.Rotated(redeemed.grant()));
    assertThat(store().findByRefreshToken(rotation.successor(), NOW)).contains(redeemed.grant());
    assertThat(store().findByRefreshToken(old, NOW)).contains(redeemed.grant());

    RefreshRotation next =
        new RefreshRotation(samples.digest(), NOW.plusNanos(1), NOW.plusSeconds(200));
    assertThat(refresh(rotation.successor(), next, NOW.plusSeconds(99)))
        .isEqualTo(new RefreshOutcome.Rotated(redeemed.grant()));
    assertThat(refresh(old, rotation, NOW.plusSeconds(99))).isEqualTo(new RefreshOutcome.Unknown());
  }

  @Test
  @Requirement({"SP-5.3.2.1-9a"})
  void theOldRefreshTokenEndsAfterItsGraceAndTheSuccessorWhenTheOldOneWould() {
    Instant end = NOW.plusSeconds(900);
    Redeemed redeemed = redeemed(samples.accessToken(), samples.refreshToken(end));
    SecretDigest old = redeemed.refreshToken().digest();
    Instant grace = NOW.plusSeconds(100);
    RefreshRotation rotation = new RefreshRotation(samples.digest(), NOW.plusNanos(1), grace);
    refresh(old, rotation, NOW);
    // Another try does not make it longer.
    Instant late = NOW.plusSeconds(50);
    refresh(old, new RefreshRotation(rotation.successor(), NOW.plusNanos(1), end), late);

    assertThat(store().findByRefreshToken(old, grace.minus(STEP))).contains(redeemed.grant());
    assertThat(store().findByRefreshToken(old, grace)).isEmpty();
    assertThat(store().findByRefreshToken(rotation.successor(), end.minus(STEP)))
        .contains(redeemed.grant());
    assertThat(store().findByRefreshToken(rotation.successor(), end)).isEmpty();
  }

  @Test
  @Requirement({"SP-5.3.2.1-9", "SP-5.3.2.1-9a"})
  void aRefreshTokenThatIsNotOldEnoughStaysAsItIs() {
    Redeemed redeemed = redeemed();
    RefreshRotation rotation = new RefreshRotation(samples.digest(), NOW, NOW.plusSeconds(100));

    assertThat(refresh(redeemed.refreshToken().digest(), rotation, NOW))
        .isEqualTo(new RefreshOutcome.Refreshed(redeemed.grant()));

    assertThat(store().findByRefreshToken(rotation.successor(), NOW)).isEmpty();
    assertThat(store().findByRefreshToken(redeemed.refreshToken().digest(), NOW.plusSeconds(1000)))
        .contains(redeemed.grant());
  }

  @Test
  @Requirement({"SP-5.3.2.1-9a"})
  void aSuccessorEndsWithItsGrant() {
    Redeemed redeemed = redeemed();
    RefreshRotation rotation =
        new RefreshRotation(samples.digest(), NOW.plusNanos(1), NOW.plusSeconds(100));
    refresh(redeemed.refreshToken().digest(), rotation, NOW);

    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);

    assertThat(store().findByRefreshToken(rotation.successor(), NOW)).isEmpty();
  }

  private RefreshOutcome refresh(SecretDigest token, RefreshRotation rotation, Instant now) {
    return store().refresh(token, samples.accessToken(), Optional.of(rotation), Set.of(), now);
  }
}
