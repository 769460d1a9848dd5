/**
 * The answer to a pushed authorization request (RFC 9126 section 2.2).
 *
 * <p>Owns the response message in both directions. The pushed request itself is an {@link
 * dev.countersign.protocol.authorization.AuthorizationRequest}; errors are those of the token
 * endpoint. Never remembers what was pushed.
 */
package dev.countersign.protocol.par;
