package dev.countersign.resource;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.requirement.Enforces;
import java.time.Instant;

/**
 * Says whether an access token still stands that was found good in itself: a signature does not
 * tell that its grant was revoked. A port: {@link Introspection} asks the authorization server,
 * {@link RevocationFeed} follows what it publishes, and an API in the same process may ask it
 * without a detour.
 *
 * <p>Used by many threads at once.
 */
@FunctionalInterface
public interface TokenStatus {

  /**
   * Whether the token stands. Asked when everything else about the request was found good, and
   * before its proof is used up.
   *
   * @param now the time of the request
   * @return false when the token was revoked; the request is then refused with {@code
   *     invalid_token}
   * @throws TokenStatusUnavailableException when that cannot be said; the request is then refused
   *     with 503
   */
  boolean stands(VerifiedAccessToken token, Instant now);

  /**
   * Asks nobody: a token stands until it expires, and a revocation reaches this API when that
   * happens. For tokens that live for minutes, where that is soon enough (SP-5.3.4-3).
   */
  @Enforces("SP-5.3.4-3")
  static TokenStatus untilExpiry() {
    return (token, now) -> true;
  }
}
