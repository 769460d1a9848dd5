/**
 * Access tokens bound to a key or certificate (RFC 9068, RFC 9449 section 6, RFC 8705 section 3):
 * the claims, how JWTs are signed, and how a resource server verifies JWTs and what is said of
 * opaque tokens.
 *
 * <p>Owns every check on the token alone. The proof that the caller holds the key is {@link
 * dev.countersign.protocol.dpop}'s, whether the grant was revoked and whether the scope suffices is
 * the resource server's business. Never knows a token that is not bound to its sender.
 */
package dev.countersign.protocol.accesstoken;
