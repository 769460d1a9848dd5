package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Consent;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.Interactions.OpenOutcome;
import dev.countersign.store.Interactions.UnaskedDecision;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewClientToken;
import dev.countersign.store.NewConsent;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys.Outcome;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.PushedRequests.PushOutcome;
import dev.countersign.store.Registration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sixty-four callers at once. */
abstract class RacesContract extends ConcernContract {

  @Test
  @Requirement({"SP-5.3.2.2-9", "ATT-05"})
  void ofManyThatRedeemOneCodeExactlyOneDoesAndItsGrantIsDead() throws Exception {
    IssuedCode code = issued();
    List<Redeemed> attempts =
        Stream.generate(
                () ->
                    new Redeemed(code, code.grant(), samples.accessToken(), samples.refreshToken()))
            .limit(Race.CALLERS)
            .toList();

    List<RedeemOutcome> outcomes =
        Race.run(
            i ->
                store()
                    .redeemCode(
                        code.code(),
                        CLIENT,
                        attempts.get(i).accessToken(),
                        Optional.of(attempts.get(i).refreshToken()),
                        Set.of(samples.onceKey()),
                        NOW));

    assertThat(outcomes).containsOnlyOnce(new RedeemOutcome.Redeemed(code.grant()));
    assertThat(count(outcomes, new RedeemOutcome.Replayed(code.grant().id())))
        .isEqualTo(Race.CALLERS - 1);
    assertThat(attempts).allSatisfy(this::assertDead);
  }

  @Test
  @Requirement({"CA-3", "DP-15"})
  void ofManyThatUseOneKeyExactlyOneDoes() throws Exception {
    OnceKey key = samples.onceKey();

    List<Outcome> outcomes = Race.run(_ -> store().useOnce(Set.of(key), NOW));

    assertThat(count(outcomes, new Outcome.Used())).isOne();
    assertThat(count(outcomes, new Outcome.Replayed(key))).isEqualTo(Race.CALLERS - 1);
  }

  /** Half of the callers authenticate, the others end what is unused: one side wins, and whole. */
  @Test
  void aClientThatHasAuthenticatedKeepsItsRegistrationOrHasNotAuthenticated() throws Exception {
    List<Registration> registrations =
        Stream.generate(samples::registration).limit(Race.CALLERS / 2).toList();
    registrations.forEach(one -> store().register(one, Race.CALLERS));

    List<Boolean> authenticated =
        Race.run(
            i -> {
              if (i % 2 == 0) {
                return store().recordAuthentication(registrations.get(i / 2).client());
              }
              store().endUnusedRegistrations(NOW, 1, NOW);
              return false;
            });

    for (int i = 0; i < registrations.size(); i++) {
      assertThat(store().findRegistration(registrations.get(i).client()).isPresent())
          .isEqualTo(authenticated.get(2 * i));
    }
  }

  @Test
  @Requirement({"SP-6.8-4", "ATT-51"})
  void noTokenThatAClientGetsForItselfOutlivesTheEndOfItsRegistration() throws Exception {
    store().register(samples.registration(CLIENT), 1);
    Instant end = NOW.plusSeconds(300);
    List<NewAccessToken> tokens =
        Stream.generate(() -> samples.accessToken(end)).limit(Race.CALLERS).toList();

    List<Object> outcomes =
        Race.run(
            i ->
                i == Race.CALLERS / 2
                    ? store().endRegistration(CLIENT, NOW)
                    : store()
                        .issueToClient(
                            new NewClientToken(CLIENT, true, List.of(Samples.API), tokens.get(i)),
                            Set.of(samples.onceKey()),
                            NOW));

    assertThat(outcomes)
        .containsOnlyOnce(true)
        .allMatch(
            List.of(true, new ClientTokenOutcome.Issued(), new ClientTokenOutcome.ClientGone())
                ::contains);
    assertThat(tokens)
        .allMatch(token -> store().findClientByAccessToken(token.jti(), NOW).isEmpty());
    boolean someIssued = outcomes.contains(new ClientTokenOutcome.Issued());
    assertThat(store().findEnded(Samples.API, NOW).clients())
        .isEqualTo(someIssued ? Map.of(CLIENT, end) : Map.of());
  }

  @Test
  void everyoneWithAKeyOfTheirOwnUsesIt() throws Exception {
    assertThat(Race.run(_ -> store().useOnce(Set.of(samples.onceKey()), NOW)))
        .hasSize(Race.CALLERS)
        .containsOnly(new Outcome.Used());
  }

  @Test
  void ofManyThatPushWithOneKeyExactlyOneIsKept() throws Exception {
    OnceKey key = samples.onceKey();
    List<PushedRequest> requests = Stream.generate(samples::pushed).limit(Race.CALLERS).toList();

    List<PushOutcome> outcomes =
        Race.run(i -> store().pushRequest(requests.get(i), Set.of(key), NOW));

    assertThat(count(outcomes, new PushOutcome.Pushed())).isOne();
    PushedRequest winner = requests.get(outcomes.indexOf(new PushOutcome.Pushed()));
    assertThat(requests)
        .filteredOn(request -> store().findRequest(request.requestUri(), NOW).isPresent())
        .containsExactly(winner);
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3", "PAR-8"})
  void ofManyThatDecideOneRequestExactlyOneCounts() throws Exception {
    PushedRequest request = pushed();
    List<SecretDigest> interactions =
        Stream.generate(() -> opened(request)).limit(Race.CALLERS).toList();
    List<IssuedCode> codes = Stream.generate(samples::code).limit(Race.CALLERS).toList();

    List<Decision> decisions =
        Race.run(
            i ->
                i % 4 == 0
                    ? store().refuse(interactions.get(i), NOW)
                    : store().issueCode(interactions.get(i), codes.get(i), Samples.consent(), NOW));

    assertThat(count(decisions, new Decision.Taken())).isOne();
    int winner = decisions.indexOf(new Decision.Taken());
    List<IssuedCode> kept = winner % 4 == 0 ? List.of() : List.of(codes.get(winner));
    assertThat(codes)
        .filteredOn(code -> store().findCode(code.code(), NOW).isPresent())
        .isEqualTo(kept);
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3", "PAR-8"})
  void nothingThatRacesADecisionKeepsItsRequestAlive() throws Exception {
    PushedRequest request = pushed();
    SecretDigest deciding = opened(request);
    List<SecretDigest> fresh = Stream.generate(samples::digest).limit(Race.CALLERS).toList();
    List<SecretDigest> open = Stream.generate(() -> opened(request)).limit(Race.CALLERS).toList();

    List<Object> outcomes =
        Race.run(
            i ->
                switch (i % 3) {
                  case 0 -> store().recordLogin(open.get(i), Samples.login(), NOW);
                  case 1 -> open(request, fresh.get(i));
                  default ->
                      i == Race.CALLERS / 6 * 3 + 2
                          ? store().refuse(deciding, NOW)
                          : store().findInteraction(open.get(i), NOW);
                });

    assertThat(outcomes).containsOnlyOnce(new Decision.Taken());
    assertThat(store().findRequest(request.requestUri(), NOW)).isEmpty();
    assertThat(Stream.concat(fresh.stream(), open.stream()))
        .allMatch(interaction -> store().findInteraction(interaction, NOW).isEmpty())
        .allMatch(interaction -> !store().recordLogin(interaction, Samples.login(), NOW));
    assertThat(open(request, samples.digest())).isEqualTo(new OpenOutcome.RequestGone());
  }

  @Test
  void allNodesGetTheSameFirstKeys() throws Exception {
    List<List<KeyRecord>> keys =
        Race.run(i -> store().keysOrCreate("signing", List.of(samples.key("key-" + i, i))));

    assertThat(keys.getFirst()).hasSize(1);
    assertThat(keys).containsOnly(keys.getFirst());
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void noAccessTokenOfARefreshOutlivesARevocationThatRacesIt() throws Exception {
    Redeemed redeemed = redeemed();
    List<NewAccessToken> tokens =
        Stream.generate(samples::accessToken).limit(Race.CALLERS).toList();
    SecretDigest refreshToken = redeemed.refreshToken().digest();

    List<Object> outcomes =
        Race.run(
            i ->
                i == Race.CALLERS / 2
                    ? store().revokeGrant(redeemed.grant().id(), Set.of(), NOW)
                    : store().refresh(refreshToken, tokens.get(i), Set.of(), NOW));

    assertThat(outcomes)
        .containsOnlyOnce(new RevokeOutcome.Revoked())
        .allMatch(isRefreshed(redeemed).or(isOneOf()));
    assertThat(tokens).allMatch(token -> store().findByAccessToken(token.jti(), NOW).isEmpty());
    assertDead(redeemed);
  }

  @Test
  void noConsentOfBeforeOutlivesARevocationThatRacesIt() throws Exception {
    Redeemed redeemed = redeemed();
    List<SecretDigest> interactions =
        Stream.generate(() -> opened(pushed())).limit(Race.CALLERS).toList();
    List<IssuedCode> codes = Stream.generate(samples::code).limit(Race.CALLERS).toList();

    List<Object> outcomes =
        Race.run(
            i ->
                i == Race.CALLERS / 2
                    ? store().revokeGrant(redeemed.grant().id(), Set.of(), NOW)
                    : store()
                        .issueCodeUnasked(
                            interactions.get(i), codes.get(i), Samples.consent().allowed(), NOW));

    assertThat(outcomes)
        .containsOnlyOnce(new RevokeOutcome.Revoked())
        .allMatch(
            List.of(
                    new RevokeOutcome.Revoked(),
                    new UnaskedDecision.Taken(),
                    new UnaskedDecision.Forgotten())
                ::contains);
    for (int i = 0; i < Race.CALLERS; i++) {
      boolean taken = outcomes.get(i).equals(new UnaskedDecision.Taken());
      assertThat(store().findCode(codes.get(i).code(), NOW).isPresent()).isEqualTo(taken);
      assertThat(store().findInteraction(interactions.get(i), NOW).isPresent()).isEqualTo(!taken);
    }
    assertThat(consent()).isEqualTo(Consent.NONE);
  }

  @Test
  void whatManyAllowAtOnceIsAllRemembered() throws Exception {
    List<SecretDigest> interactions =
        Stream.generate(() -> opened(pushed())).limit(Race.CALLERS).toList();

    List<Decision> decisions =
        Race.run(
            i ->
                store()
                    .issueCode(
                        interactions.get(i),
                        samples.code(),
                        new NewConsent(
                            new Consent(Map.of(), Set.of("claim-" + i), false),
                            NOW.plusSeconds(60)),
                        NOW));

    assertThat(decisions).containsOnly(new Decision.Taken());
    assertThat(consent().claims()).hasSize(Race.CALLERS);
  }

  @Test
  void ofManyThatRevokeOneGrantExactlyOneDoes() throws InterruptedException, ExecutionException {
    Redeemed redeemed = redeemed();

    List<RevokeOutcome> outcomes =
        Race.run(_ -> store().revokeGrant(redeemed.grant().id(), Set.of(), NOW));

    assertThat(count(outcomes, new RevokeOutcome.Revoked())).isOne();
    assertThat(count(outcomes, new RevokeOutcome.AlreadyGone())).isEqualTo(Race.CALLERS - 1);
  }

  private OpenOutcome open(PushedRequest request, SecretDigest interaction) {
    return store()
        .openInteraction(
            request.requestUri(), interaction, samples.digest(), NOW.plusSeconds(600), NOW);
  }

  private static Predicate<Object> isRefreshed(Redeemed redeemed) {
    return new RefreshOutcome.Refreshed(redeemed.grant())::equals;
  }

  private static Predicate<Object> isOneOf() {
    return List.of(new RefreshOutcome.Unknown(), new RevokeOutcome.Revoked())::contains;
  }

  private static <T> long count(List<T> outcomes, T wanted) {
    return outcomes.stream().filter(wanted::equals).count();
  }
}
