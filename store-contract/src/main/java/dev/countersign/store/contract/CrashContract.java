package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Consent;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.Interaction;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys.Outcome;
import dev.countersign.store.OpaqueAccessToken;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Session;
import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import dev.countersign.store.TokenFamily;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an operation did is there when the process dies right after the operation returned. */
abstract class CrashContract extends ConcernContract {

  /** The store as it is after a crash; from then on {@link #store} is that one. */
  abstract Store afterCrash();

  @Test
  @Requirement({"CA-3", "DP-15"})
  void aUsedKeyIsStillUsed() {
    OnceKey used = usedKey();
    afterCrash();

    assertUsedUp(used);
  }

  @Test
  void aPushedRequestIsThereAndItsKeysAreUsedUp() {
    PushedRequest request = samples.pushed();
    OnceKey key = samples.onceKey();
    store().pushRequest(request, Set.of(key), NOW);
    afterCrash();

    assertThat(store().findRequest(request.requestUri(), NOW)).contains(request);
    assertUsedUp(key);
  }

  @Test
  void anOpenInteractionIsThere() {
    SecretDigest interaction = opened(pushed());
    afterCrash();

    assertThat(store().findInteraction(interaction, NOW)).isPresent();
  }

  @Test
  void aLoginIsThere() {
    SecretDigest interaction = opened(pushed());
    store().recordLogin(interaction, Samples.login(), NOW);
    afterCrash();

    assertThat(store().findInteraction(interaction, NOW).flatMap(Interaction::login))
        .contains(Samples.login());
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void anIssuedCodeIsThereAndItsRequestIsTaken() {
    PushedRequest request = pushed();
    SecretDigest interaction = opened(request);
    IssuedCode code = samples.code();
    store().issueCode(interaction, code, Samples.consent(), NOW);
    afterCrash();

    assertThat(store().findCode(code.code(), NOW)).contains(code);
    assertThat(store().findRequest(request.requestUri(), NOW)).isEmpty();
    assertThat(store().issueCode(interaction, samples.code(), Samples.consent(), NOW))
        .isEqualTo(new Decision.Gone());
  }

  @Test
  void aConsentIsRemembered() {
    issued();
    afterCrash();

    assertThat(consent()).isEqualTo(Samples.consent().allowed());
  }

  @Test
  void aCodeThatNobodyWasAskedForIsThereAndItsRequestIsTaken() {
    issued();
    SecretDigest interaction = opened(pushed());
    IssuedCode code = samples.code();
    store().issueCodeUnasked(interaction, code, Samples.consent().allowed(), NOW);
    afterCrash();

    assertThat(store().findCode(code.code(), NOW)).contains(code);
    assertThat(store().findInteraction(interaction, NOW)).isEmpty();
  }

  @Test
  void aRefusedRequestIsTaken() {
    PushedRequest request = pushed();
    SecretDigest interaction = opened(request);
    store().refuse(interaction, NOW);
    afterCrash();

    assertThat(store().findRequest(request.requestUri(), NOW)).isEmpty();
    assertThat(store().issueCode(interaction, samples.code(), Samples.consent(), NOW))
        .isEqualTo(new Decision.Gone());
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void aRedeemedCodeIsRedeemedAndItsTokensStand() {
    Redeemed redeemed = redeemed();
    afterCrash();

    assertStands(redeemed);
    assertThat(replay(redeemed)).isEqualTo(new RedeemOutcome.Replayed(redeemed.grant().id()));
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void theGrantOfAReplayedCodeIsDead() {
    Redeemed redeemed = redeemed();
    replay(redeemed);
    afterCrash();

    assertDead(redeemed);
  }

  @Test
  void anAccessTokenOfARefreshStands() {
    Redeemed redeemed = redeemed();
    NewAccessToken accessToken = samples.accessToken();
    OnceKey key = samples.onceKey();
    store().refresh(redeemed.refreshToken().digest(), accessToken, Set.of(key), NOW);
    afterCrash();

    assertThat(store().findByAccessToken(accessToken.jti(), NOW)).contains(redeemed.grant());
    assertUsedUp(key);
  }

  @Test
  void anAccessTokenOfAClientIsKept() {
    NewAccessToken accessToken = samples.accessToken();
    OnceKey key = samples.onceKey();
    store().issueToClient(Samples.ofClient(accessToken), Set.of(key), NOW);
    afterCrash();

    assertThatThrownBy(() -> store().issueToClient(Samples.ofClient(accessToken), Set.of(), NOW))
        .isInstanceOf(StoreException.class);
    assertUsedUp(key);
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void aRevokedGrantIsDead() {
    Redeemed redeemed = redeemed();
    OnceKey key = samples.onceKey();
    store().revokeGrant(redeemed.grant().id(), Set.of(key), NOW);
    afterCrash();

    assertDead(redeemed);
    assertThat(consent()).isEqualTo(Consent.NONE);
    assertUsedUp(key);
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void whatEndedIsNotedAndTheNoteIsThere() {
    Redeemed redeemed = redeemed();
    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);
    afterCrash();

    assertThat(ended(NOW))
        .extracting(EndedFamily::family)
        .containsExactly(TokenFamily.of(redeemed.grant()));
  }

  @Test
  @Requirement({"GM-5.2-4", "GM-5.2-5"})
  void aChangedGrantIsChangedWithItsTokens() {
    Redeemed first = redeemed();
    Redeemed merged = changed(Changes.merge(first.grant(), Changes.addition(1), NOW));
    Redeemed other = redeemed();
    Redeemed replaced = changed(Changes.replace(other.grant(), Changes.addition(1), NOW));
    afterCrash();

    assertStands(merged);
    assertStands(replaced);
    assertDead(other);
    assertThat(standing(first.grant())).isEqualTo(merged.grant());
    assertThat(standing(other.grant())).isEqualTo(replaced.grant());
  }

  @Test
  void anOpaqueTokenIsThere() {
    NewAccessToken accessToken = samples.opaqueAccessToken();
    store().issueToClient(Samples.ofClient(accessToken), Set.of(), NOW);
    afterCrash();

    OpaqueAccessToken opaque = accessToken.opaque().orElseThrow();
    assertThat(store().findOpaqueToken(opaque.digest(), NOW)).contains(opaque.claims());
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void theGrantsOfAClientThatWereRevokedTogetherAreDead() {
    Redeemed first = redeemed();
    Redeemed second = redeemed();
    store().revokeGrantsOf(CLIENT, 100, NOW);
    afterCrash();

    assertDead(first);
    assertDead(second);
  }

  @Test
  @Requirement({"RV-2"})
  void aRevokedTokenOfAClientIsDead() {
    NewAccessToken accessToken = samples.accessToken();
    OnceKey key = samples.onceKey();
    store().issueToClient(Samples.ofClient(accessToken), Set.of(), NOW);
    store().revokeClientToken(accessToken.jti(), Set.of(key), NOW);
    afterCrash();

    assertThat(store().findClientByAccessToken(accessToken.jti(), NOW)).isEmpty();
    assertUsedUp(key);
  }

  @Test
  void anOpenSessionIsThereAndTheOneItReplacedIsGone() {
    Session before = samples.session();
    Session session = samples.session();
    store().openSession(before, Optional.empty(), NOW);
    store().openSession(session, Optional.of(before.id()), NOW);
    afterCrash();

    assertThat(store().findSession(session.id(), NOW)).contains(session);
    assertThat(store().findSession(before.id(), NOW)).isEmpty();
  }

  @Test
  void anEndedSessionIsGone() {
    Session session = samples.session();
    store().openSession(session, Optional.empty(), NOW);
    store().endSession(session.id(), NOW);
    afterCrash();

    assertThat(store().findSession(session.id(), NOW)).isEmpty();
  }

  @Test
  void theFirstKeysAreThere() {
    KeyRecord key = samples.key("key", 0);
    store().keysOrCreate("signing", List.of(key));
    afterCrash();

    assertThat(store().keysOrCreate("signing", List.of(samples.key("other", 0))))
        .containsExactly(key);
  }

  @Test
  void aCrashAmongManyPushesLeavesNoneHalfDone() throws Exception {
    List<PushedRequest> requests = Stream.generate(samples::pushed).limit(Race.CALLERS).toList();
    List<OnceKey> keys = Stream.generate(samples::onceKey).limit(Race.CALLERS).toList();
    Store writing = store();

    Race.run(
        i ->
            i == Race.CALLERS / 2
                ? afterCrash()
                : writing.pushRequest(requests.get(i), Set.of(keys.get(i)), NOW));

    for (int i = 0; i < Race.CALLERS; i++) {
      boolean kept = store().findRequest(requests.get(i).requestUri(), NOW).isPresent();
      boolean used = !store().useOnce(Set.of(keys.get(i)), NOW).equals(new Outcome.Used());
      assertThat(used).as("the key of a request that is kept: " + kept).isEqualTo(kept);
    }
  }

  private RedeemOutcome replay(Redeemed redeemed) {
    return store()
        .redeemCode(
            redeemed.code().code(),
            CLIENT,
            samples.accessToken(),
            Optional.of(samples.refreshToken()),
            Set.of(),
            NOW);
  }
}
