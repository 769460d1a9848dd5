package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Consent;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Registration;
import dev.countersign.store.Registrations.RegisterOutcome;
import dev.countersign.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Clients that registered themselves. */
abstract class RegistrationsContract extends ConcernContract {

  private static final int ENOUGH = 100;

  private static final JsonObject OTHER =
      JsonObject.builder().put("client_name", "another name").build();

  @Test
  void findsARegistrationWithEveryPartOfIt() {
    Registration registration = registered();

    assertThat(store().findRegistration(registration.client())).contains(registration);
    Registration second = registered(used(samples.registration()));
    assertThat(store().findRegistration(second.client())).contains(second);
  }

  @Test
  void findsNoRegistrationOfAnotherClient() {
    registered();

    assertThat(store().findRegistration(CLIENT)).isEmpty();
  }

  @Test
  void refusesASecondRegistrationOfTheSameClient() {
    Registration first = registered();
    Registration second = samples.registration(first.client());

    assertThatThrownBy(() -> store().register(second, ENOUGH)).isInstanceOf(StoreException.class);

    assertThat(store().findRegistration(first.client())).contains(first);
  }

  @Test
  void keepsAsManyAsThereMayBeAndNoMore() {
    assertThat(store().register(samples.registration(), 2)).isEqualTo(RegisterOutcome.REGISTERED);
    assertThat(store().register(samples.registration(), 2)).isEqualTo(RegisterOutcome.REGISTERED);
    Registration third = samples.registration();

    assertThat(store().register(third, 2)).isEqualTo(RegisterOutcome.FULL);

    assertThat(store().findRegistration(third.client())).isEmpty();
  }

  @Test
  void doesNotCountWhatWasRefusedOrHasEnded() {
    Registration first = registered();
    Registration again = samples.registration(first.client());
    assertThatThrownBy(() -> store().register(again, ENOUGH)).isInstanceOf(StoreException.class);
    store().endRegistration(first.client(), first.accessToken(), NOW);

    assertThat(store().register(samples.registration(), 1)).isEqualTo(RegisterOutcome.REGISTERED);
    assertThat(store().register(samples.registration(), 1)).isEqualTo(RegisterOutcome.FULL);
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatThrownBy(() -> store().register(samples.registration(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Requirement({"DC-4"})
  void replacesAllThatWasRegistered() {
    Registration old = registered();

    assertThat(
            store()
                .replaceRegistration(old.client(), old.accessToken(), old.metadata(), OTHER, NOW))
        .isTrue();

    assertThat(store().findRegistration(old.client()))
        .contains(new Registration(old.client(), old.accessToken(), OTHER, old.issuedAt(), false));
  }

  @Test
  @Requirement({"DC-4"})
  void replacesNothingThatAnotherReplacementWasFasterWith() {
    Registration old = registered();
    JsonObject first = JsonObject.builder().put("client_name", "first").build();
    assertThat(replaced(old, old.metadata(), first)).isTrue();

    assertThat(replaced(old, old.metadata(), OTHER)).isFalse();
    assertThat(store().findRegistration(old.client()).orElseThrow().metadata()).isEqualTo(first);

    assertThat(replaced(old, first, OTHER)).isTrue();
    assertThat(store().findRegistration(old.client()).orElseThrow().metadata()).isEqualTo(OTHER);
  }

  private boolean replaced(Registration old, JsonObject before, JsonObject metadata) {
    return store().replaceRegistration(old.client(), old.accessToken(), before, metadata, NOW);
  }

  @Test
  @Requirement({"DC-6"})
  void replacesNothingForTheTokenOfAnotherClient() {
    Registration registration = registered();
    SecretDigest token = registered().accessToken();

    assertThat(
            store()
                .replaceRegistration(
                    registration.client(), token, registration.metadata(), OTHER, NOW))
        .isFalse();

    assertThat(store().findRegistration(registration.client())).contains(registration);
  }

  @Test
  @Requirement({"DC-6"})
  void replacesNothingOfAClientThatIsNotRegistered() {
    SecretDigest token = registered().accessToken();

    assertThat(store().replaceRegistration(CLIENT, token, OTHER, OTHER, NOW)).isFalse();

    assertThat(store().findRegistration(CLIENT)).isEmpty();
  }

  @Test
  @Requirement({"DC-4"})
  void endsARegistrationWithAllThatHangsOnItsClient() {
    Registration registration = registered(samples.registration(CLIENT));
    PushedRequest pushed = pushed();
    SecretDigest interaction = opened(pushed);
    IssuedCode code = issued();
    Redeemed redeemed = redeemed();
    NewAccessToken own = samples.accessToken();
    store().issueToClient(Samples.ofClient(own), Set.of(), NOW);

    assertThat(store().endRegistration(CLIENT, registration.accessToken(), NOW)).isTrue();

    assertThat(store().findRegistration(CLIENT)).isEmpty();
    assertThat(store().findRequest(pushed.requestUri(), NOW)).isEmpty();
    assertThat(store().findInteraction(interaction, NOW)).isEmpty();
    assertThat(store().findCode(code.code(), NOW)).isEmpty();
    assertDead(redeemed);
    assertThat(store().findClientByAccessToken(own.jti(), NOW)).isEmpty();
    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void endsARegistrationAtTheWordOfAnOperator() {
    Registration registration = registered(samples.registration(CLIENT));
    Redeemed redeemed = redeemed();
    Registration other = registered();

    assertThat(store().endRegistration(CLIENT, NOW)).isTrue();

    assertThat(store().findRegistration(registration.client())).isEmpty();
    assertDead(redeemed);
    assertThat(consent()).isEqualTo(Consent.NONE);
    assertThat(store().findRegistration(other.client())).contains(other);
    assertThat(store().endRegistration(CLIENT, NOW)).isFalse();
    // It is counted once.
    assertThat(store().register(samples.registration(), 2)).isEqualTo(RegisterOutcome.REGISTERED);
    assertThat(store().register(samples.registration(), 2)).isEqualTo(RegisterOutcome.FULL);
  }

  @Test
  void endsNothingOfAClientThatIsNotRegisteredAtTheWordOfAnOperator() {
    Redeemed redeemed = redeemed();

    assertThat(store().endRegistration(CLIENT, NOW)).isFalse();

    assertStands(redeemed);
    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  void leavesWhatHangsOnOtherClients() {
    Redeemed redeemed = redeemed();
    NewAccessToken own = samples.accessToken();
    store().issueToClient(Samples.ofClient(own), Set.of(), NOW);
    Registration other = registered();

    store().endRegistration(other.client(), other.accessToken(), NOW);

    assertStands(redeemed);
    assertThat(store().findClientByAccessToken(own.jti(), NOW)).contains(CLIENT);
    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  @Requirement({"DC-6"})
  void endsNothingForTheTokenOfAnotherClient() {
    Registration registration = registered(samples.registration(CLIENT));
    SecretDigest token = registered().accessToken();
    Redeemed redeemed = redeemed();

    assertThat(store().endRegistration(CLIENT, token, NOW)).isFalse();

    assertThat(store().findRegistration(CLIENT)).contains(registration);
    assertStands(redeemed);
  }

  @Test
  @Requirement({"DC-6"})
  void endsARegistrationOnce() {
    Registration registration = registered();
    store().endRegistration(registration.client(), registration.accessToken(), NOW);

    assertThat(store().endRegistration(registration.client(), registration.accessToken(), NOW))
        .isFalse();
    assertThat(
            store()
                .replaceRegistration(
                    registration.client(),
                    registration.accessToken(),
                    registration.metadata(),
                    OTHER,
                    NOW))
        .isFalse();
  }

  @Test
  void remembersThatAClientHasAuthenticated() {
    Registration registration = registered();
    assertThat(registration.used()).isFalse();

    assertThat(store().recordAuthentication(registration.client())).isTrue();
    assertThat(store().recordAuthentication(registration.client())).isTrue();

    assertThat(store().findRegistration(registration.client())).contains(used(registration));
  }

  @Test
  void recordsNoAuthenticationOfAClientThatIsNotRegistered() {
    Registration ended = registered();
    store().endRegistration(ended.client(), ended.accessToken(), NOW);

    assertThat(store().recordAuthentication(ended.client())).isFalse();
    assertThat(store().recordAuthentication(CLIENT)).isFalse();

    assertThat(store().findRegistration(ended.client())).isEmpty();
  }

  @Test
  void remembersItWhenTheRegistrationIsReplaced() {
    Registration registration = registered();
    store().recordAuthentication(registration.client());

    store()
        .replaceRegistration(
            registration.client(), registration.accessToken(), registration.metadata(), OTHER, NOW);

    assertThat(store().findRegistration(registration.client()).orElseThrow().used()).isTrue();
    assertThat(store().endUnusedRegistrations(NOW.plusSeconds(1), ENOUGH, NOW)).isEmpty();
  }

  @Test
  void endsARegistrationThatWasNeverUsedOnceItsTimeHasCome() {
    Registration registration = registered();

    assertThat(store().endUnusedRegistrations(NOW.minusNanos(1), ENOUGH, NOW)).isEmpty();
    assertThat(store().findRegistration(registration.client())).contains(registration);

    assertThat(store().endUnusedRegistrations(NOW, ENOUGH, NOW))
        .containsExactly(registration.client());
    assertThat(store().findRegistration(registration.client())).isEmpty();
    assertThat(store().recordAuthentication(registration.client())).isFalse();
    assertThat(store().register(samples.registration(), 1)).isEqualTo(RegisterOutcome.REGISTERED);
  }

  @Test
  void endsNoneThatWasUsed() {
    Registration registration = registered();
    store().recordAuthentication(registration.client());

    assertThat(store().endUnusedRegistrations(NOW.plus(Duration.ofDays(10_000)), ENOUGH, NOW))
        .isEmpty();

    assertThat(store().findRegistration(registration.client())).contains(used(registration));
  }

  @Test
  void letsTheTimeOfAnUnusedRegistrationBeginAnewWhenItIsReplaced() {
    Registration registration = registered();
    Instant later = NOW.plusSeconds(10);
    store()
        .replaceRegistration(
            registration.client(),
            registration.accessToken(),
            registration.metadata(),
            OTHER,
            later);

    assertThat(store().endUnusedRegistrations(later.minusNanos(1), ENOUGH, NOW)).isEmpty();
    assertThat(store().endUnusedRegistrations(later, ENOUGH, NOW))
        .containsExactly(registration.client());
  }

  @Test
  void endsAsManyUnusedRegistrationsAsItMayTheOldestFirst() {
    Registration second = registered();
    Registration first = registered();
    Registration third = registered();
    store()
        .replaceRegistration(
            second.client(), second.accessToken(), second.metadata(), OTHER, NOW.plusSeconds(1));
    store()
        .replaceRegistration(
            third.client(), third.accessToken(), third.metadata(), OTHER, NOW.plusSeconds(2));
    Instant since = NOW.plusSeconds(2);

    assertThat(store().endUnusedRegistrations(since, 2, NOW))
        .containsExactlyInAnyOrder(first.client(), second.client());
    assertThat(store().endUnusedRegistrations(since, 2, NOW)).containsExactly(third.client());
    assertThat(store().endUnusedRegistrations(since, 2, NOW)).isEmpty();
    assertThatThrownBy(() -> store().endUnusedRegistrations(since, 0, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void endsAllThatHangsOnTheClientOfAnUnusedRegistration() {
    registered(samples.registration(CLIENT));
    PushedRequest pushed = pushed();
    Redeemed redeemed = redeemed();
    NewAccessToken own = samples.accessToken();
    store().issueToClient(Samples.ofClient(own), Set.of(), NOW);

    assertThat(store().endUnusedRegistrations(NOW, ENOUGH, NOW)).containsExactly(CLIENT);

    assertThat(store().findRequest(pushed.requestUri(), NOW)).isEmpty();
    assertDead(redeemed);
    assertThat(store().findClientByAccessToken(own.jti(), NOW)).isEmpty();
    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void isNotSwept() {
    Registration registration = registered();
    store().sweep(NOW.plus(Duration.ofDays(10_000)), ENOUGH);

    assertThat(store().findRegistration(registration.client())).contains(registration);
  }

  private static Registration used(Registration registration) {
    return new Registration(
        registration.client(),
        registration.accessToken(),
        registration.metadata(),
        registration.issuedAt(),
        true);
  }

  private Registration registered() {
    return registered(samples.registration());
  }

  private Registration registered(Registration registration) {
    assertThat(store().register(registration, ENOUGH)).isEqualTo(RegisterOutcome.REGISTERED);
    return registration;
  }
}
