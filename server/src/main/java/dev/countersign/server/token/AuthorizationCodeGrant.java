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
import dev.countersign.server.issue.Entitlements;
import dev.countersign.server.issue.IdTokens;
import dev.countersign.server.issue.PreparedToken;
import dev.countersign.server.issue.RefreshTokens;
import dev.countersign.server.refusal.Replays;
import dev.countersign.store.CodeRecord;
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

  /** Our choice: nobody's browsers and back channels change one grant so often at once. */
  private static final int MOST_LOOKS = 8;

  private final Codes store;
  private final CodeGrants grants;
  private final Entitlements entitlements;
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
      CodeGrants grants,
      Entitlements entitlements,
      AccessTokens accessTokens,
      RefreshTokens refreshTokens,
      IdTokens idTokens,
      Predicate<Grant> standing) {
    this.store = store;
    this.grants = grants;
    this.entitlements = entitlements;
    this.accessTokens = accessTokens;
    this.refreshTokens = refreshTokens;
    this.idTokens = idTokens;
    this.standing = standing;
  }

  /**
   * The tokens of a code. All is checked before the code is used up: a wrong verifier, redirect URI
   * or key leaves it as it is.
   *
   * <p>Where the grant is changed by others at the same time, it is looked at again: each look that
   * comes too late means that another change was made. If it always is, the answer is {@code
   * temporarily_unavailable} and the code stays good, so that the client can send it again.
   */
  @Enforces({"GM-5.2-4", "GM-5.2-5"})
  TokenResponse redeem(Caller caller, TokenRequest.AuthorizationCode asked, Instant now) {
    CodeRecord found = matching(caller, asked, now);
    IssuedCode code = found.code();
    if (found.redeemed()) {
      consume(replay(caller, code, now));
      throw new IllegalStateException("a code was redeemed twice (SP-5.3.2.2-9)");
    }
    for (int look = 0; look < MOST_LOOKS; look++) {
      Optional<TokenResponse> response = redeem(caller, asked, code, now);
      if (response.isPresent()) {
        return response.get();
      }
    }
    throw Refusal.oauth(
            OAuthError.TEMPORARILY_UNAVAILABLE,
            "GM-5.2-4",
            "the grant is being changed; please send the same again")
        .withDetail("changed by others at each of " + MOST_LOOKS + " looks")
        .exception();
  }

  /** Empty if the grant was changed since it was looked at; nothing happened then. */
  private Optional<TokenResponse> redeem(
      Caller caller, TokenRequest.AuthorizationCode asked, IssuedCode code, Instant now) {
    CodeGrants.Target target = grants.target(code, now);
    Grant grant = target.grant();
    Audience granted = entitlements.stillAllowed(caller.client(), grant, now);
    Audience audience =
        entitlements.narrow(
            caller.client(),
            granted,
            Optional.empty(),
            asked.resources(),
            asked.authorizationDetails(),
            now);
    PreparedToken prepared = accessTokens.ofGrant(grant, audience, caller.confirmation(), now);
    Optional<RefreshToken> refreshToken = refreshToken(caller, code);
    if (!consume(redeem(caller, code, target, prepared, refreshToken, now))) {
      return Optional.empty();
    }
    AccessToken accessToken = accessTokens.issue(prepared);
    Optional<String> idToken =
        isAboutLogin(code, granted)
            ? Optional.of(
                idTokens.mint(caller.client(), grant, code.request().nonce(), accessToken, now))
            : Optional.empty();
    return Optional.of(
        new TokenResponse(
            accessToken,
            prepared.tokenType(),
            Optional.of(accessTokens.lifetime()),
            refreshToken,
            Optional.of(audience.scope()).filter(scope -> !scope.isEmpty()),
            idToken,
            audience.details(),
            code.request().grantManagement().map(_ -> grant.id())));
  }

  /**
   * Has the store end the grant of a code that was redeemed before. Whatever became of the grant
   * since, and of what may be had of it, no longer matters: that is asked of good codes alone.
   */
  @Enforces({"SP-5.3.2.2-9"})
  private RedeemOutcome replay(Caller caller, IssuedCode code, Instant now) {
    Grant grant = code.grant();
    PreparedToken nobodys =
        accessTokens.ofGrant(
            grant, new Audience(grant.scope(), grant.resources()), caller.confirmation(), now);
    return store.redeemCode(
        code.code(),
        caller.client().id(),
        nobodys.trace(),
        Optional.empty(),
        caller.onceKeys(),
        now);
  }

  private RedeemOutcome redeem(
      Caller caller,
      IssuedCode code,
      CodeGrants.Target target,
      PreparedToken prepared,
      Optional<RefreshToken> refreshToken,
      Instant now) {
    return store.redeemCode(
        code.code(),
        caller.client().id(),
        target.change(),
        prepared.trace(),
        refreshToken.map(token -> refreshTokens.trace(token, now)),
        caller.onceKeys(),
        now);
  }

  private Optional<RefreshToken> refreshToken(Caller caller, IssuedCode code) {
    return code.lasting() && caller.client().mayUse(GrantType.REFRESH_TOKEN)
        ? Optional.of(refreshTokens.create())
        : Optional.empty();
  }

  /** Whether this very request wanted to know who logged in; the grant may, of an earlier one. */
  private static boolean isAboutLogin(IssuedCode code, Audience granted) {
    return code.grant().scope().contains(Scope.OPENID) && granted.scope().contains(Scope.OPENID);
  }

  /** The code, if all that came with it fits: the client, redirect URI, verifier and key. */
  @Enforces({"SP-5.3.2.2-5", "SP-5.3.2.1-12", "OA-6", "DP-16", "PKCE-3", "BCP-2.1.1-1"})
  private CodeRecord matching(Caller caller, TokenRequest.AuthorizationCode asked, Instant now) {
    CodeRecord found =
        store
            .findCode(asked.code().digest(), now)
            .orElseThrow(
                () -> invalidGrant("OA-6", NOT_VALID, Refusal.mismatch("code", "unknown", "ours")));
    IssuedCode code = found.code();
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
    return found;
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

  /** Whether the code was redeemed; if not, its grant moved. */
  @Enforces({"SP-5.3.2.1-11", "SP-5.3.2.2-9"})
  private static boolean consume(RedeemOutcome outcome) {
    return switch (outcome) {
      case RedeemOutcome.Redeemed(Grant _) -> true;
      case RedeemOutcome.GrantMoved() -> false;
      case RedeemOutcome.Replayed(GrantId _) ->
          throw invalidGrant("SP-5.3.2.2-9", NOT_VALID, "used before; its grant is revoked now");
      case RedeemOutcome.Unknown() -> throw invalidGrant("OA-6", NOT_VALID, "unknown");
      case RedeemOutcome.Expired() -> throw invalidGrant("SP-5.3.2.1-11", NOT_VALID, "expired");
      case RedeemOutcome.KeyReplayed(OnceKey key) -> throw Replays.refuse(key);
    };
  }

  private static RefusalException invalidGrant(String rule, String description, String detail) {
    return new RefusalException(
        Refusal.oauth(OAuthError.INVALID_GRANT, rule, description).withDetail(detail));
  }
}
