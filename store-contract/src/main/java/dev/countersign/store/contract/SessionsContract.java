package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.Login;
import dev.countersign.store.Session;
import dev.countersign.store.StoreException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Login sessions. */
abstract class SessionsContract extends ConcernContract {

  @Test
  void findsAnOpenSession() {
    Session session = opened();

    assertThat(store().findSession(session.id(), NOW)).contains(session);
  }

  @Test
  void keepsALoginThatDoesNotSayHowStrongItWas() {
    Login login = new Login(Samples.login().subject(), NOW, Optional.empty());
    Session session = new Session(samples.digest(), login, NOW.plusSeconds(60));
    store().openSession(session, Optional.empty(), NOW);

    assertThat(store().findSession(session.id(), NOW)).contains(session);
  }

  @Test
  void findsNoUnknownSession() {
    opened();

    assertThat(store().findSession(samples.digest(), NOW)).isEmpty();
  }

  @Test
  void findsASessionUntilItExpires() {
    Session session = opened();
    store().sweep(session.expiresAt().minus(STEP), 100);

    assertThat(store().findSession(session.id(), session.expiresAt().minus(STEP)))
        .contains(session);
    assertThat(store().findSession(session.id(), session.expiresAt())).isEmpty();
  }

  @Test
  void aNewSessionEndsTheOneTheBrowserHad() {
    Session before = opened();
    Session after = samples.session();

    store().openSession(after, Optional.of(before.id()), NOW);

    assertThat(store().findSession(before.id(), NOW)).isEmpty();
    assertThat(store().findSession(after.id(), NOW)).contains(after);
  }

  @Test
  void aNewSessionMayReplaceAnUnknownOne() {
    Session session = samples.session();

    store().openSession(session, Optional.of(samples.digest()), NOW);

    assertThat(store().findSession(session.id(), NOW)).contains(session);
  }

  @Test
  void aSessionThatCannotBeOpenedEndsNone() {
    Session there = opened();
    Session before = opened();

    assertThatThrownBy(() -> store().openSession(there, Optional.of(before.id()), NOW))
        .isInstanceOf(StoreException.class);

    assertThat(store().findSession(before.id(), NOW)).contains(before);
  }

  @Test
  void endsASession() {
    Session session = opened();
    Session other = opened();

    store().endSession(session.id(), NOW);

    assertThat(store().findSession(session.id(), NOW)).isEmpty();
    assertThat(store().findSession(other.id(), NOW)).contains(other);
  }

  @Test
  void endingAnUnknownSessionIsNoError() {
    Session other = opened();

    store().endSession(samples.digest(), NOW);

    assertThat(store().findSession(other.id(), NOW)).contains(other);
  }

  private Session opened() {
    Session session = samples.session();
    store().openSession(session, Optional.empty(), NOW);
    return session;
  }
}
