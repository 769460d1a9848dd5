package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * A login that a browser carries from one interaction to the next.
 *
 * @param id digest of the session cookie
 * @param login who, when and how
 * @param expiresAt the first instant at which it no longer counts
 */
public record Session(SecretDigest id, Login login, Instant expiresAt) {}
