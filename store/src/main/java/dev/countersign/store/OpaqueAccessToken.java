package dev.countersign.store;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.SecretDigest;

/**
 * What an access token says that does not say it itself.
 *
 * @param digest digest of the token
 * @param claims what a JWT access token would hold
 */
public record OpaqueAccessToken(SecretDigest digest, JsonObject claims) {}
