/**
 * The client library: begin, callback, tokens, refresh and resource calls of a confidential client
 * under FAPI 2.0 (Security Profile section 5.3.3): authentication by a key or a certificate, tokens
 * bound to a key or a certificate.
 *
 * <p>{@link dev.countersign.client.FapiClient} is the door. The package owns the order of the
 * steps, the bond between a flow and the browser session that started it, and the server nonces. It
 * never takes an endpoint from anywhere but checked metadata, never follows a redirect, never sends
 * a token outside the {@code Authorization} field, and never continues a flow after a failed check.
 */
@NullMarked
package dev.countersign.client;

import org.jspecify.annotations.NullMarked;
