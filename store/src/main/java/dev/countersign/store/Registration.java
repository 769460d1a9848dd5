package dev.countersign.store;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.SecretDigest;
import java.time.Instant;

/**
 * A client that registered itself (RFC 7591).
 *
 * @param client its {@code client_id}, random and never used again
 * @param accessToken digest of its {@code registration_access_token}
 * @param metadata what it registered, checked, with what the server set or replaced
 * @param issuedAt when it registered ({@code client_id_issued_at})
 * @param used whether its client has ever authenticated
 */
public record Registration(
    ClientId client,
    SecretDigest accessToken,
    JsonObject metadata,
    Instant issuedAt,
    boolean used) {}
