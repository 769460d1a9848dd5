package dev.countersign.attacker.deployment;

import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.ClientId;

/**
 * A resource server that may ask about tokens (RFC 7662).
 *
 * @param id its {@code client_id}
 * @param key of its assertions
 * @param signed whether it takes signed answers (RFC 9701)
 */
public record TestIntrospection(ClientId id, SigningKey key, boolean signed) {}
