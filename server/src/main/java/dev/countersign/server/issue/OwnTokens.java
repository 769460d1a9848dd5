package dev.countersign.server.issue;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.Grants;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads access tokens of this server: a JWT by its signature, an opaque one by what the store kept
 * of it. Which of the two it is, its form says. Safe for any number of threads.
 */
public final class OwnTokens {
  private final AccessTokenVerifier verifier;
  private final JwkSet keys;
  private final Grants store;

  /**
   * Reads by these keys and this store.
   *
   * @param verifier knows every access token of this server, for any audience
   * @param keys the server's own public keys
   */
  public OwnTokens(AccessTokenVerifier verifier, JwkSet keys, Grants store) {
    this.verifier = verifier;
    this.keys = keys;
    this.store = store;
  }

  /**
   * What a token says; empty for one that is not ours, or not any more. That a JWT is found does
   * not say that it was not revoked.
   *
   * @throws dev.countersign.store.StoreException if nothing can be said of an opaque token
   */
  public Optional<AccessTokenClaims> find(AccessToken token, Instant now) {
    try {
      VerifiedAccessToken verified =
          token.isOpaque()
              ? verifier.verifyOpaque(token, kept(token, now), now)
              : verifier.verify(token, keys, now);
      return Optional.of(verified.claims());
    } catch (RefusalException notOurs) {
      return Optional.empty();
    }
  }

  /**
   * The token of a request to a resource of this server itself.
   *
   * @param requests expects that resource as audience
   * @throws RefusalException {@code invalid_token}
   */
  public VerifiedAccessToken require(
      PresentedToken presented, ResourceRequestVerifier requests, Instant now) {
    return presented.token().isOpaque()
        ? requests.token(presented, kept(presented.token(), now), now)
        : requests.token(presented, keys, now);
  }

  @Enforces({"SP-5.3.4-3", "IN-4"})
  private JsonObject kept(AccessToken token, Instant now) {
    return store
        .findOpaqueToken(token.digest(), now)
        .orElseThrow(
            () ->
                Refusal.oauth(
                        OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
                    .withDetail("neither a JWT nor an opaque token that stands")
                    .exception());
  }
}
