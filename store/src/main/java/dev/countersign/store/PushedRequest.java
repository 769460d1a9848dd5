package dev.countersign.store;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * An authorization request that an authenticated client pushed (RFC 9126).
 *
 * @param requestUri digest of the {@code request_uri} handed out for it
 * @param request what was pushed, checked; names the client it belongs to
 * @param signed whether it came in an object that the client signed (RFC 9101)
 * @param expiresAt the first instant at which the {@code request_uri} can no longer be opened
 */
public record PushedRequest(
    SecretDigest requestUri, AuthorizationRequest request, boolean signed, Instant expiresAt) {}
