package dev.countersign.store;

import java.time.Instant;

/**
 * What a person has just allowed, to be remembered.
 *
 * @param allowed all that the page showed, whether or not it was allowed before
 * @param expiresAt the first instant at which the person is to be asked for it again
 */
public record NewConsent(Consent allowed, Instant expiresAt) {}
