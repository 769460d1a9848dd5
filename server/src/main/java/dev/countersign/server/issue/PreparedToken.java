package dev.countersign.server.issue;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.NewAccessToken;

/**
 * An access token that is not handed out yet. It becomes one by {@link AccessTokens#issue}, when
 * the store has kept its trace.
 *
 * @param claims what it says
 */
public record PreparedToken(AccessTokenClaims claims) {

  /** What the store keeps of it. */
  @Enforces({"SP-6.8-4"})
  public NewAccessToken trace() {
    return new NewAccessToken(claims.jti(), claims.exp());
  }

  /** How the client has to send it. */
  public String tokenType() {
    return claims.cnf().tokenType();
  }
}
