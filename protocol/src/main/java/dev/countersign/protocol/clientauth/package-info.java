/**
 * Client authentication by {@code private_key_jwt} (RFC 7521, RFC 7523 with its successor's
 * audience rule, OpenID Connect Core section 9).
 *
 * <p>Owns the assertion in both directions and every check on it alone. Which keys and which
 * algorithm a client registered is the caller's knowledge; that its {@code jti} is used once is the
 * store's. Never knows a client secret, and says only {@code invalid_client} to the outside.
 */
package dev.countersign.protocol.clientauth;
