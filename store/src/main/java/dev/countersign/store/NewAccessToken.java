package dev.countersign.store;

import dev.countersign.protocol.oauth.Jti;
import java.time.Instant;
import java.util.Optional;

/**
 * The trace of an access token that is about to be handed out: enough to find its grant again.
 *
 * @param jti the token's {@code jti}
 * @param expiresAt the token's {@code exp}; its trace may be forgotten after it
 * @param opaque its claims, if it does not carry them itself
 */
public record NewAccessToken(Jti jti, Instant expiresAt, Optional<OpaqueAccessToken> opaque) {

  /** A token that carries its claims itself. */
  public NewAccessToken(Jti jti, Instant expiresAt) {
    this(jti, expiresAt, Optional.empty());
  }
}
