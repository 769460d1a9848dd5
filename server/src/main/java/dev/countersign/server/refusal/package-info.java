/**
 * The edge of every request and the one place where a refusal becomes an answer.
 *
 * <p>Owns the interaction id (FAPI 2.0 implementation advice 2.2.1), the log line of a request, the
 * headers that every answer carries, and the three forms of a refusal: JSON (RFC 6749 section 5.2),
 * challenge (RFC 6750 section 3, RFC 9449 section 7.1) and page. Never decides whether to refuse,
 * and never lets an exception's text or a value of the request reach the wire.
 */
@NullMarked
package dev.countersign.server.refusal;

import org.jspecify.annotations.NullMarked;
