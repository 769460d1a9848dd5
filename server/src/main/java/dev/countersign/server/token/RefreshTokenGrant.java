package dev.countersign.server.token;

import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.protocol.token.TokenResponse;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.AccessTokens;
import dev.countersign.server.issue.Audience;
import dev.countersign.server.issue.Entitlements;
import dev.countersign.server.issue.PreparedToken;
import dev.countersign.server.issue.RefreshRotations;
import dev.countersign.server.issue.RefreshRotations.Successor;
import dev.countersign.server.refusal.Replays;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants;
import dev.countersign.store.Grants.RefreshOutcome;
import dev.countersign.store.OnceKey;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Refreshes access tokens (RFC 6749 section 6). The refresh token stays the same and is not in the
 * answer, unless the operator has it replaced ({@link RefreshRotations}); the key of the proof may
 * be another than before (DP-6, SP-6.1). There is no new ID token: OpenID Connect Core 12.2 leaves
 * that open, and nobody logged in again.
 */
public final class RefreshTokenGrant {
  private final Grants store;
  private final Entitlements entitlements;
  private final AccessTokens accessTokens;
  private final RefreshRotations rotations;
  private final Predicate<Grant> standing;

  /**
   * Refreshes by grants of the store.
   *
   * @param rotations which refresh tokens are replaced
   * @param standing whether the person of a grant still has an account
   */
  public RefreshTokenGrant(
      Grants store,
      Entitlements entitlements,
      AccessTokens accessTokens,
      RefreshRotations rotations,
      Predicate<Grant> standing) {
    this.store = store;
    this.rotations = rotations;
    this.standing = standing;
    this.entitlements = entitlements;
    this.accessTokens = accessTokens;
  }

  @Enforces({"SP-5.3.2.1-9", "SP-5.3.2.1-9a", "OA-6", "OA-7", "DP-6"})
  TokenResponse refresh(Caller caller, TokenRequest.Refresh asked, Instant now) {
    Grant grant =
        store
            .findByRefreshToken(asked.refreshToken().digest(), now)
            .orElseThrow(
                () ->
                    notValid(
                        Refusal.mismatch(
                            "refresh token", "unknown, expired or revoked", "one that stands")));
    requireOwner(caller, grant);
    Audience granted = entitlements.stillAllowed(caller.client(), grant, now);
    Audience audience =
        entitlements.narrow(
            caller.client(),
            granted,
            asked.scope(),
            asked.resources(),
            asked.authorizationDetails(),
            now);
    PreparedToken prepared = accessTokens.ofGrant(grant, audience, caller.confirmation(), now);
    Optional<Successor> successor = rotations.of(asked.refreshToken(), now);
    RefreshOutcome outcome =
        store.refresh(
            asked.refreshToken().digest(),
            prepared.trace(),
            successor.map(Successor::rotation),
            caller.onceKeys(),
            now);
    return switch (outcome) {
      case RefreshOutcome.Refreshed(Grant _) -> response(prepared, audience, Optional.empty());
      case RefreshOutcome.Rotated(Grant _) ->
          response(prepared, audience, successor.map(Successor::token));
      case RefreshOutcome.Unknown() -> throw notValid("revoked or expired a moment ago");
      case RefreshOutcome.KeyReplayed(OnceKey key) -> throw Replays.refuse(key);
    };
  }

  private TokenResponse response(
      PreparedToken prepared, Audience audience, Optional<RefreshToken> refreshToken) {
    return new TokenResponse(
        accessTokens.issue(prepared),
        prepared.tokenType(),
        Optional.of(accessTokens.lifetime()),
        refreshToken,
        Optional.of(audience.scope()).filter(scope -> !scope.isEmpty()),
        Optional.empty(),
        audience.details(),
        Optional.empty());
  }

  /** The client is told the same of each: it must not learn what refresh tokens there are. */
  private void requireOwner(Caller caller, Grant grant) {
    if (!grant.clientId().equals(caller.client().id())) {
      throw notValid(
          Refusal.mismatch("client", caller.client().id().value(), grant.clientId().value()));
    }
    if (!standing.test(grant)) {
      throw notValid(Refusal.mismatch("the person's account", "gone", "there"));
    }
  }

  private static RefusalException notValid(String detail) {
    return new RefusalException(
        Refusal.oauth(OAuthError.INVALID_GRANT, "OA-6", "the refresh token is not valid")
            .withDetail(detail));
  }
}
