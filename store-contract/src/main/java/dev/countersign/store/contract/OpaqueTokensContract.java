package dev.countersign.store.contract;

import static dev.countersign.store.contract.Samples.CLIENT;
import static dev.countersign.store.contract.Samples.NOW;
import static dev.countersign.store.contract.Samples.STEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Requirement;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.OpaqueAccessToken;
import dev.countersign.store.StoreException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Access tokens that do not say themselves what they allow. */
abstract class OpaqueTokensContract extends ConcernContract {

  @Test
  void findsTheClaimsOfATokenUntilItExpires() {
    NewAccessToken token = samples.opaqueAccessToken();
    Redeemed redeemed = redeemed(token, samples.refreshToken());
    OpaqueAccessToken opaque = opaque(token);
    store().sweep(token.expiresAt().minus(STEP), 100);

    assertThat(store().findOpaqueToken(opaque.digest(), token.expiresAt().minus(STEP)))
        .contains(opaque.claims());
    assertThat(store().findByAccessToken(token.jti(), NOW)).contains(redeemed.grant());
    assertThat(store().findOpaqueToken(opaque.digest(), token.expiresAt())).isEmpty();
  }

  @Test
  void findsNothingOfAnUnknownToken() {
    redeemed(samples.opaqueAccessToken(), samples.refreshToken());
    redeemed();

    assertThat(store().findOpaqueToken(samples.digest(), NOW)).isEmpty();
  }

  @Test
  void keepsThoseOfARefreshAndOfAClientItself() {
    NewAccessToken refreshed = samples.opaqueAccessToken();
    NewAccessToken own = samples.opaqueAccessToken();
    store().refresh(redeemed().refreshToken().digest(), refreshed, Set.of(), NOW);
    store().issueToClient(Samples.ofClient(own), Set.of(), NOW);

    assertThat(claims(refreshed)).contains(opaque(refreshed).claims());
    assertThat(claims(own)).contains(opaque(own).claims());
    assertThat(store().findClientByAccessToken(own.jti(), NOW)).contains(CLIENT);
  }

  /** What was kept can be read, or its token could never be revoked. */
  @Test
  void findsLongClaims() {
    JsonObject claims = JsonObject.builder().put("x", "1".repeat(100_000)).build();
    OpaqueAccessToken opaque = new OpaqueAccessToken(samples.digest(), claims);
    NewAccessToken token =
        new NewAccessToken(samples.accessToken().jti(), NOW.plusSeconds(300), Optional.of(opaque));
    store().issueToClient(Samples.ofClient(token), Set.of(), NOW);

    assertThat(claims(token)).contains(claims);
  }

  @Test
  @Requirement({"SP-6.8-4", "RV-2"})
  void findsNothingOnceTheyAreRevoked() {
    NewAccessToken ofGrant = samples.opaqueAccessToken();
    NewAccessToken own = samples.opaqueAccessToken();
    Redeemed redeemed = redeemed(ofGrant, samples.refreshToken());
    store().issueToClient(Samples.ofClient(own), Set.of(), NOW);

    store().revokeGrant(redeemed.grant().id(), Set.of(), NOW);
    assertThat(claims(ofGrant)).isEmpty();
    assertThat(claims(own)).isPresent();
    store().revokeClientToken(own.jti(), Set.of(), NOW);
    assertThat(claims(own)).isEmpty();
  }

  @Test
  void aReplayedKeyKeepsNoClaims() {
    NewAccessToken token = samples.opaqueAccessToken();
    store().issueToClient(Samples.ofClient(token), Set.of(usedKey()), NOW);

    assertThat(claims(token)).isEmpty();
  }

  @Test
  void aDigestThatIsThereAlreadyIsBrokenCode() {
    NewAccessToken first = samples.opaqueAccessToken();
    store().issueToClient(Samples.ofClient(first), Set.of(), NOW);
    NewAccessToken second =
        new NewAccessToken(
            samples.accessToken().jti(),
            first.expiresAt(),
            Optional.of(new OpaqueAccessToken(opaque(first).digest(), other())));

    assertThatThrownBy(() -> store().issueToClient(Samples.ofClient(second), Set.of(), NOW))
        .isInstanceOf(StoreException.class);

    assertThat(claims(first)).contains(opaque(first).claims());
    Jti jti = second.jti();
    assertThat(store().findClientByAccessToken(jti, NOW)).isEmpty();
  }

  private static JsonObject other() {
    return JsonObject.builder().put("sub", "person-2").build();
  }

  private Optional<JsonObject> claims(NewAccessToken token) {
    SecretDigest digest = opaque(token).digest();
    return store().findOpaqueToken(digest, NOW);
  }

  private static OpaqueAccessToken opaque(NewAccessToken token) {
    return token.opaque().orElseThrow();
  }
}
