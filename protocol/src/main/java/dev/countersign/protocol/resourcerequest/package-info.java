/**
 * A request to a protected resource: the access token in the Authorization header, the proof beside
 * it, and the challenge that answers a bad one (RFC 6750 sections 2 and 3, RFC 9449 section 7).
 *
 * <p>Owns the order of checks that every resource follows, the userinfo endpoint included. Never
 * fetches keys, remembers a {@code jti} or knows what the resource is for.
 */
package dev.countersign.protocol.resourcerequest;
