package dev.countersign.server.token;

import dev.countersign.protocol.accesstoken.Confirmation;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.protocol.token.TokenResponse;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.AccessTokens;
import dev.countersign.server.issue.Audience;
import dev.countersign.server.issue.Audiences;
import dev.countersign.server.issue.IdTokens;
import dev.countersign.server.issue.PreparedToken;
import dev.countersign.server.issue.RefreshTokens;
import dev.countersign.server.refusal.Replays;
import dev.countersign.store.Codes;
import dev.countersign.store.Codes.RedeemOutcome;
import dev.countersign.store.Grant;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.OnceKey;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Redeems authorization codes (RFC 6749 section 4.1.3). */
public final class AuthorizationCodeGrant {
  private static final String NOT_VALID = "the authorization code is not valid";

  private final Codes store;
  private final Audiences audiences;
  private final AccessTokens accessTokens;
  private final RefreshTokens refreshTokens;
  private final IdTokens idTokens;
  private final Predicate<Grant> standing;

  /**
   * Redeems codes of the store.
   *
   * @param standing whether the person of a grant still has an account
   */
  public AuthorizationCodeGrant(
      Codes store,
      Audiences audiences,
      AccessTokens accessTokens,
      RefreshTokens refreshTokens,
      IdTokens idTokens,
      Predicate<Grant> standing) {
    this.store = store;
    this.audiences = audiences;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.idTokens = idTokens;
    this.standing = standing;
  }

  /**
   * The tokens of a code. All is checked before the code is used up: a wrong verifier, redirect URI
   * or key leaves it as it is.
   */
  TokenResponse redeem(Caller caller, TokenRequest.AuthorizationCode asked, Instant now) {
    IssuedCode code = matching(caller, asked, now);
    Grant grant = code.grant();
    Audience granted = audiences.stillAllowed(caller.client(), grant);
    Audience audience = audiences.narrow(granted, Optional.empty(), asked.resources());
    PreparedToken prepared = accessTokens.ofGrant(grant, audience, caller.confirmation(), now);
    Optional<RefreshToken> refreshToken =
        code.lasting() && caller.client().mayUse(GrantType.REFRESH_TOKEN)
            ? Optional.of(refreshTokens.create())
            : Optional.empty();
    consume(
        store.redeemCode(
            asked.code().digest(),
            caller.client().id(),
            prepared.trace(),
            refreshToken.map(token -> refreshTokens.trace(token, now)),
            caller.onceKeys(),
            now));
    AccessToken accessToken = accessTokens.issue(prepared);
    Optional<String> idToken =
        granted.scope().contains(Scope.OPENID)
            ? Optional.of(
                idTokens.mint(caller.client(), grant, code.request().nonce(), accessToken, now))
            : Optional.empty();
    return new TokenResponse(
        accessToken,
        prepared.tokenType(),
        Optional.of(accessTokens.lifetime()),
        refreshToken,
        Optional.of(audience.scope()).filter(scope -> !scope.isEmpty()),
        idToken);
  }

  /** The code, if all that came with it fits: the client, redirect URI, verifier and key. */
  @Enforces({"SP-5.3.2.2-5", "SP-5.3.2.1-12", "OA-6", "DP-16", "PKCE-3", "BCP-2.1.1-1"})
  private IssuedCode matching(Caller caller, TokenRequest.AuthorizationCode asked, Instant now) {
    IssuedCode code =
        store
            .findCode(asked.code().digest(), now)
            .orElseThrow(
                () -> invalidGrant("OA-6", NOT_VALID, Refusal.mismatch("code", "unknown", "ours")));
    requireOwner(caller, code);
    if (!code.request().redirectUri().equals(asked.redirectUri())) {
      throw invalidGrant(
          "OA-6",
          "redirect_uri is not that of the request",
          Refusal.mismatch(
              "redirect_uri", asked.redirectUri().value(), code.request().redirectUri().value()));
    }
    code.request().codeChallenge().verify(asked.codeVerifier());
    Optional<Confirmation> bound = code.request().dpopJkt().map(Confirmation.DpopKey::new);
    if (bound.filter(key -> !key.equals(caller.confirmation())).isPresent()) {
      throw Refusal.oauth(
              OAuthError.INVALID_DPOP_PROOF, "DP-16", "the code is bound to another DPoP key")
          .withDetail(
              Refusal.mismatch(
                  "thumbprint of the proof",
                  caller.confirmation().thumbprint(),
                  bound.get().thumbprint()))
          .exception();
    }
    return code;
  }

  /** The client is told the same of each: it must not learn what codes there are. */
  private void requireOwner(Caller caller, IssuedCode code) {
    ClientId owner = code.request().clientId();
    if (!owner.equals(caller.client().id())) {
      throw invalidGrant(
          "OA-6",
          NOT_VALID,
          Refusal.mismatch("client", caller.client().id().value(), owner.value()));
    }
    if (!standing.test(code.grant())) {
      throw invalidGrant(
          "OA-6", NOT_VALID, Refusal.mismatch("the person's account", "gone", "there"));
    }
  }

  @Enforces({"SP-5.3.2.1-11", "SP-5.3.2.2-9"})
  private static void consume(RedeemOutcome outcome) {
    switch (outcome) {
      case RedeemOutcome.Redeemed(Grant _) -> {}
      case RedeemOutcome.Replayed(GrantId _) ->
          throw invalidGrant("SP-5.3.2.2-9", NOT_VALID, "used before; its grant is revoked now");
      case RedeemOutcome.Unknown() -> throw invalidGrant("OA-6", NOT_VALID, "unknown");
      case RedeemOutcome.Expired() -> throw invalidGrant("SP-5.3.2.1-11", NOT_VALID, "expired");
      case RedeemOutcome.GrantMoved() ->
          throw invalidGrant("GM-5.2-4", NOT_VALID, "its grant was changed a moment ago");
      case RedeemOutcome.KeyReplayed(OnceKey key) -> throw Replays.refuse(key);
    }
  }

  private static RefusalException invalidGrant(String rule, String description, String detail) {
    return new RefusalException(
        Refusal.oauth(OAuthError.INVALID_GRANT, rule, description).withDetail(detail));
  }
}
