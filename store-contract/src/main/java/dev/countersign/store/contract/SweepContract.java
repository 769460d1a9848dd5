package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.KeyRecord;
import dev.countersign.store.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Forgetting what is over. What must not be forgotten stands with each concern. */
abstract class SweepContract extends ConcernContract {

  private static final Instant LATER = NOW.plus(Duration.ofDays(1));

  @Test
  void removesNothingFromAnEmptyStore() {
    assertThat(store().sweep(LATER, 100)).isZero();
  }

  @Test
  void removesEverythingThatIsOver() {
    usedKey();
    opened(pushed());
    issued();
    redeemed(samples.accessToken(), samples.refreshToken(NOW.plusSeconds(900)));
    store().issueToClient(Samples.ofClient(samples.accessToken()), Set.of(), NOW);
    store().openSession(samples.session(), Optional.empty(), NOW);
    store().revokeGrant(redeemed().grant().id(), Set.of(), NOW);
    assertThat(ended(NOW)).isNotEmpty();

    assertThat(store().sweep(LATER, 100)).isPositive();
    assertThat(store().sweep(LATER, 100)).isZero();
  }

  @Test
  void removesNothingThatIsStillGood() {
    Redeemed redeemed = redeemed();
    Session session = samples.session();
    store().openSession(session, Optional.empty(), NOW);

    assertThat(store().sweep(NOW, 100)).isZero();

    assertStands(redeemed);
    assertThat(store().findSession(session.id(), NOW)).contains(session);
    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  void removesNoKeyOfTheServer() {
    KeyRecord key = samples.key("key", 0);
    store().keysOrCreate("signing", List.of(key));
    store().sweep(LATER, 100);

    assertThat(store().keysOrCreate("signing", List.of(samples.key("other", 0))))
        .containsExactly(key);
  }

  @Test
  void removesAtMostTheLimitOfOneKind() {
    for (int i = 0; i < 5; i++) {
      usedKey();
    }

    assertThat(store().sweep(LATER, 2)).isEqualTo(2);
    assertThat(store().sweep(LATER, 2)).isEqualTo(2);
    assertThat(store().sweep(LATER, 2)).isEqualTo(1);
    assertThat(store().sweep(LATER, 2)).isZero();
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatThrownBy(() -> store().sweep(NOW, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
