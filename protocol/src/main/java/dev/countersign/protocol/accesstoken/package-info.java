/**
 * JWT access tokens bound to a DPoP key (RFC 9068, RFC 9449 section 6): the claims, how they are
 * signed and how a resource server verifies them.
 *
 * <p>Owns every check on the token alone. The proof that the caller holds the key is {@link
 * dev.countersign.protocol.dpop}'s, whether the grant was revoked and whether the scope suffices is
 * the resource server's business. Never knows a token that is not bound to a key.
 */
package dev.countersign.protocol.accesstoken;
