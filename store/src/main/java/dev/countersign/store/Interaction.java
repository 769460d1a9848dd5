package dev.countersign.store;

import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * The conversation with one person in one browser about one pushed request. It outlives the {@code
 * request_uri}, so that a slow reader is not cut off.
 *
 * @param id digest of the identifier in the page's address
 * @param browser digest of the cookie that binds it to the browser it was opened in
 * @param request what is asked for
 * @param login the login made within this interaction, once there is one
 * @param expiresAt the first instant at which it is over
 */
public record Interaction(
    SecretDigest id,
    SecretDigest browser,
    PushedRequest request,
    Optional<Login> login,
    Instant expiresAt) {}
