package dev.countersign.store;

import java.time.Instant;

/**
 * Access tokens that were ended before their time.
 *
 * @param family which
 * @param expiresAt when the last of them would have expired; nobody need know of it from then on
 */
public record EndedFamily(TokenFamily family, Instant expiresAt) {}
