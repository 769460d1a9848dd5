package dev.countersign.server.userinfo;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.AccessTokenVerifier;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys;
import java.time.Instant;
import java.util.Set;

/** Tells a client what a person let it know about them. */
public final class UserInfoEndpoint implements Endpoint {
  private final AccessTokenVerifier tokens;
  private final JwkSet keys;
  private final Proofs proofs;
  private final Grants grants;
  private final OnceKeys onceKeys;
  private final UserClaims claims;

  /**
   * Serves tokens of this server.
   *
   * @param tokens expects this endpoint as audience
   * @param keys the server's own public keys
   */
  public UserInfoEndpoint(
      AccessTokenVerifier tokens,
      JwkSet keys,
      Proofs proofs,
      Grants grants,
      OnceKeys onceKeys,
      UserClaims claims) {
    this.tokens = tokens;
    this.keys = keys;
    this.proofs = proofs;
    this.grants = grants;
    this.onceKeys = onceKeys;
    this.claims = claims;
  }

  @Override
  @Enforces({"SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "OA-12"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    AccessToken token = PresentedToken.of(request);
    VerifiedAccessToken verified = tokens.verify(token, keys, now);
    log.client(verified.claims().clientId());
    VerifiedDpopProof proof = proofs.require(request, token, now);
    AccessTokenClaims bound = bound(verified, proof);
    requireOpenId(bound);
    Grant grant = standing(bound, now);
    useUp(proof, now);
    return HttpResponse.json(200, claims.of(grant.login().subject(), bound.scope()));
  }

  @Enforces({"SP-5.3.4-5", "DP-4"})
  private static AccessTokenClaims bound(VerifiedAccessToken token, VerifiedDpopProof proof) {
    if (!token.claims().jkt().equals(proof.jkt())) {
      throw refuse(OAuthError.INVALID_TOKEN, "SP-5.3.4-5", "the token is bound to another key");
    }
    return token.claims();
  }

  @Enforces({"SP-5.3.4-4"})
  private static void requireOpenId(AccessTokenClaims token) {
    if (!token.scope().contains(Scope.OPENID)) {
      throw refuse(OAuthError.INSUFFICIENT_SCOPE, "SP-5.3.4-4", "the scope openid is needed");
    }
  }

  /** The token's grant, unless it was revoked. */
  @Enforces({"SP-5.3.4-3"})
  private Grant standing(AccessTokenClaims token, Instant now) {
    return grants
        .findByAccessToken(token.jti(), now)
        .orElseThrow(
            () -> refuse(OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid"));
  }

  @Enforces({"DP-15"})
  private void useUp(VerifiedDpopProof proof, Instant now) {
    switch (onceKeys.useOnce(Set.of(Proofs.onceKey(proof)), now)) {
      case OnceKeys.Outcome.Used() -> {}
      case OnceKeys.Outcome.Replayed(OnceKey key) -> throw Replays.refuse(key);
    }
  }

  private static RefusalException refuse(OAuthError error, String rule, String description) {
    return new RefusalException(Refusal.oauth(error, rule, description));
  }
}
