package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Consent;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys.Outcome;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.PushedRequests.PushOutcome;
import dev.countersign.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the tests of every concern need: a store, values for it, and the way to each state. */
abstract class ConcernContract {

  final Samples samples = new Samples("sample");

  /** The store under test, new and empty for each test. */
  abstract Store store();

  /** A code that was redeemed, and what came of it. */
  record Redeemed(
      IssuedCode code, Grant grant, NewAccessToken accessToken, NewRefreshToken refreshToken) {}

  /** Pushes a request. */
  PushedRequest pushed() {
    PushedRequest request = samples.pushed();
    push(request);
    return request;
  }

  void push(PushedRequest request) {
    assertThat(store().pushRequest(request, Set.of(), NOW)).isEqualTo(new PushOutcome.Pushed());
  }

  /** Opens an interaction about the request that ends 600 seconds after now. */
  SecretDigest opened(PushedRequest request) {
    SecretDigest interaction = samples.digest();
    store()
        .openInteraction(
            request.requestUri(), interaction, samples.digest(), NOW.plusSeconds(600), NOW);
    return interaction;
  }

  /** Issues a code. */
  IssuedCode issued() {
    return issued(samples.code());
  }

  IssuedCode issued(IssuedCode code) {
    assertThat(store().issueCode(opened(pushed()), code, Samples.consent(), NOW))
        .isEqualTo(new Decision.Taken());
    return code;
  }

  /** Redeems a new code for an access token and a refresh token without an end. */
  Redeemed redeemed() {
    return redeemed(samples.accessToken(), samples.refreshToken());
  }

  Redeemed redeemed(NewAccessToken accessToken, NewRefreshToken refreshToken) {
    IssuedCode code = issued();
    RedeemOutcome outcome =
        store()
            .redeemCode(
                code.code(), Samples.CLIENT, accessToken, Optional.of(refreshToken), Set.of(), NOW);
    assertThat(outcome).isEqualTo(new RedeemOutcome.Redeemed(code.grant()));
    return new Redeemed(code, code.grant(), accessToken, refreshToken);
  }

  /** Issues a code for a change of this grant. */
  IssuedCode issuedFor(Grant grant) {
    return issued(
        new IssuedCode(samples.digest(), Samples.request(), grant, true, NOW.plusSeconds(60)));
  }

  /** Redeems a new code for a change, for an access token and a refresh token without an end. */
  Redeemed changed(GrantChange change) {
    return changed(change, samples.accessToken(), samples.refreshToken());
  }

  Redeemed changed(GrantChange change, NewAccessToken accessToken, NewRefreshToken refreshToken) {
    IssuedCode code = issuedFor(change.after());
    assertThat(redeem(code, change, accessToken, refreshToken))
        .isEqualTo(new RedeemOutcome.Redeemed(change.after()));
    return new Redeemed(code, change.after(), accessToken, refreshToken);
  }

  RedeemOutcome redeem(
      IssuedCode code,
      GrantChange change,
      NewAccessToken accessToken,
      NewRefreshToken refreshToken) {
    return store()
        .redeemCode(
            code.code(),
            Samples.CLIENT,
            Optional.of(change),
            accessToken,
            Optional.of(refreshToken),
            Set.of(),
            NOW);
  }

  /** What the grant is now. */
  Grant standing(Grant grant) {
    return store().findGrant(grant.id(), NOW).orElseThrow().grant();
  }

  /** What has ended that had tokens for the resource of all grants here, told one by one. */
  List<EndedFamily> ended(Instant now) {
    return store().findEnded(Samples.API, now).families();
  }

  /** What is remembered of the person and the client of all grants here. */
  Consent consent() {
    return store().findConsent(Samples.login().subject(), Samples.CLIENT, NOW);
  }

  /** A key that was used before. */
  OnceKey usedKey() {
    OnceKey key = samples.onceKey();
    assertUsesUp(key);
    return key;
  }

  /** That the key is fresh; it is used up afterwards. */
  void assertUsesUp(OnceKey key) {
    assertThat(store().useOnce(Set.of(key), NOW)).isEqualTo(new Outcome.Used());
  }

  /** That the key was used before. */
  void assertUsedUp(OnceKey key) {
    assertThat(store().useOnce(Set.of(key), NOW)).isEqualTo(new Outcome.Replayed(key));
  }

  void assertStands(Redeemed redeemed) {
    assertThat(store().findByRefreshToken(redeemed.refreshToken().digest(), NOW))
        .contains(redeemed.grant());
    assertThat(store().findByAccessToken(redeemed.accessToken().jti(), NOW))
        .contains(redeemed.grant());
  }

  void assertDead(Redeemed redeemed) {
    assertThat(store().findByRefreshToken(redeemed.refreshToken().digest(), NOW)).isEmpty();
    assertThat(store().findByAccessToken(redeemed.accessToken().jti(), NOW)).isEmpty();
  }
}
