package dev.countersign.store;

import dev.countersign.protocol.oauth.Jti;
import java.time.Instant;

/**
 * The trace of an access token that is about to be handed out: enough to find its grant again.
 *
 * @param jti the token's {@code jti}
 * @param expiresAt the token's {@code exp}; its trace may be forgotten after it
 */
public record NewAccessToken(Jti jti, Instant expiresAt) {}
