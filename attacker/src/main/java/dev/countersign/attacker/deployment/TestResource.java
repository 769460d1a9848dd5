package dev.countersign.attacker.deployment;

import dev.countersign.protocol.jose.PublicJwk;
import java.net.URI;
import java.util.Optional;

/**
 * A protected resource. Asked with {@code GET}, it answers a good token of {@link #scope()} with a
 * status of 200 to 299.
 *
 * @param url where it is
 * @param indicator its {@code resource} indicator, where tokens are for one resource server alone
 * @param scope the scope that reading it needs, within that of the clients; may be empty
 * @param foreign a resource of the second user, which the first must not see; if there is one
 * @param signed whether requests to it must be signed (HTTP Message Signatures)
 * @param key the key by which it signs its answers
 */
public record TestResource(
    URI url,
    Optional<String> indicator,
    String scope,
    Optional<URI> foreign,
    boolean signed,
    Optional<PublicJwk> key) {}
