package dev.countersign.protocol.token;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.util.Optional;

/**
 * What the token endpoint gives (RFC 6749 section 5.1).
 *
 * @param accessToken for the resource servers
 * @param tokenType how the access token is bound, as the server wrote it; see {@link #isBoundBy}
 * @param expiresIn whole seconds, zero or more; a server need not say it
 * @param refreshToken absent when there is none, or when the one in use stays good
 * @param scope what was given; absent when it is what was asked for
 * @param idToken the ID token in compact form
 * @param authorizationDetails what was granted and is assigned to this token (RFC 9396 section 7)
 * @param grantId the grant, if the request said what shall become of one (GM-5.5-1)
 */
public record TokenResponse(
    AccessToken accessToken,
    String tokenType,
    Optional<Duration> expiresIn,
    Optional<RefreshToken> refreshToken,
    Optional<Scope> scope,
    Optional<String> idToken,
    AuthorizationDetails authorizationDetails,
    Optional<GrantId> grantId) {

  // So that adding it to a time cannot overflow.
  private static final Duration LONGEST = Duration.ofDays(36_525);

  /**
   * Refuses a negative lifetime, one of more than 100 years and parts of a second with {@link
   * IllegalArgumentException}.
   */
  public TokenResponse {
    if (expiresIn.isPresent() && !isGood(expiresIn.get())) {
      throw new IllegalArgumentException(
          "TokenResponse.expiresIn must be whole seconds, zero to 100 years (OA-4)");
    }
    if (tokenType.isEmpty()) {
      throw new IllegalArgumentException("TokenResponse.tokenType must not be empty (OA-4)");
    }
  }

  private static boolean isGood(Duration expiresIn) {
    return !expiresIn.isNegative()
        && expiresIn.toNanosPart() == 0
        && expiresIn.compareTo(LONGEST) <= 0;
  }

  /**
   * Whether the token type is that of tokens bound in this way, {@code DPoP} (RFC 9449 section 5)
   * or {@code Bearer} (RFC 8705 section 3); compared in any case.
   */
  @Enforces({"DP-7", "MT-5"})
  public boolean isBoundBy(SenderConstraint constraint) {
    return tokenType.equalsIgnoreCase(constraint.scheme());
  }

  /** The body of the answer. It holds secrets. */
  @Enforces({"OA-4", "RAR-7-1", "GM-5.5-1"})
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("access_token", accessToken.reveal())
        .put("token_type", tokenType)
        .put("expires_in", expiresIn.map(Duration::toSeconds))
        .put("refresh_token", refreshToken.map(RefreshToken::reveal))
        .put("scope", scope.filter(given -> !given.isEmpty()).map(Scope::toString))
        .put("id_token", idToken)
        .put(AuthorizationDetails.NAME, authorizationDetails.member())
        .put(GrantManagement.GRANT_ID, grantId.map(GrantId::value))
        .build();
  }

  /**
   * Reads what an authorization server answered. Unknown members are ignored and {@code expires_in}
   * may be missing (RFC 6749 section 5.1); a missing token or type and a member of another JSON
   * type are refused.
   */
  @Enforces({"OA-4"})
  public static TokenResponse read(JsonObject body) throws MalformedJsonException {
    String accessToken = required(body, "access_token");
    String tokenType = required(body, "token_type");
    try {
      return new TokenResponse(
          new AccessToken(accessToken),
          tokenType,
          body.integer("expires_in").map(Duration::ofSeconds),
          body.string("refresh_token").map(RefreshToken::new),
          body.string("scope").filter(scope -> !scope.isEmpty()).map(Scope::parse),
          body.string("id_token"),
          AuthorizationDetails.read(body),
          body.string(GrantManagement.GRANT_ID).map(GrantId::new));
    } catch (IllegalArgumentException | ArithmeticException | RefusalException e) {
      throw new MalformedJsonException("a member of the token response has a malformed value");
    }
  }

  /** Says what is there, and nothing of it. */
  @Override
  public String toString() {
    return "TokenResponse[tokenType="
        + tokenType
        + ", expiresIn="
        + expiresIn
        + ", scope="
        + scope
        + ", refreshToken="
        + refreshToken.isPresent()
        + ", idToken="
        + idToken.isPresent()
        + ", authorizationDetails="
        + authorizationDetails
        + "]";
  }

  private static String required(JsonObject body, String name) throws MalformedJsonException {
    return body.string(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new MalformedJsonException(name + " is missing"));
  }
}
