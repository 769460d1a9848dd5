package dev.countersign.server.issue;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.OpaqueAccessToken;
import java.util.Optional;

/**
 * An access token that is not handed out yet. It becomes one by {@link AccessTokens#issue}, when
 * the store has kept its trace.
 */
public sealed interface PreparedToken {

  /** What it says. */
  AccessTokenClaims claims();

  /** What the store keeps of it. */
  NewAccessToken trace();

  /** How the client has to send it. */
  default String tokenType() {
    return claims().cnf().tokenType();
  }

  /**
   * One that carries its claims itself.
   *
   * @param claims what it says
   */
  record Signed(AccessTokenClaims claims) implements PreparedToken {
    @Override
    @Enforces({"SP-6.8-4"})
    public NewAccessToken trace() {
      return new NewAccessToken(claims.jti(), claims.exp());
    }
  }

  /**
   * One whose claims stay in the store.
   *
   * @param claims what this server says of it
   * @param token 256 random bits
   */
  record Opaque(AccessTokenClaims claims, AccessToken token) implements PreparedToken {
    @Override
    @Enforces({"SP-6.8-4", "SP-5.4.1-4"})
    public NewAccessToken trace() {
      return new NewAccessToken(
          claims.jti(),
          claims.exp(),
          Optional.of(new OpaqueAccessToken(token.digest(), claims.toJson())));
    }
  }
}
