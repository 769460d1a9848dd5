package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * A refresh token that is about to be handed out.
 *
 * @param digest digest of the token
 * @param expiresAt the first instant at which it no longer works; empty: it ends with its grant
 */
public record NewRefreshToken(SecretDigest digest, Optional<Instant> expiresAt) {}
