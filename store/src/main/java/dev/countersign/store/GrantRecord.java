package dev.countersign.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A grant and what became of it.
 *
 * @param grant what was allowed
 * @param expiresAt the first instant at which no token of it works; empty: it has no end
 * @param lastUsedAt when its client last got a token by it
 */
public record GrantRecord(Grant grant, Optional<Instant> expiresAt, Instant lastUsedAt) {}
