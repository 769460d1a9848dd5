/**
 * The authorization request, as it is pushed, and the authorization response, as the browser
 * carries it back (RFC 6749 section 4.1, RFC 9126, RFC 9207, OpenID Connect Core section 3.1.2).
 *
 * <p>Owns every rule that can be judged on the message alone. Whether the client is registered for
 * the redirect URI, the scope or the resource is the authorization server's business. Never knows a
 * response type but {@code code}; how an answer is signed is {@code jarm}'s business.
 */
package dev.countersign.protocol.authorization;
