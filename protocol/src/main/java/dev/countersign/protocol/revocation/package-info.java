/**
 * The request that ends a token before its time (RFC 7009 section 2.1).
 *
 * <p>Owns the message in both directions; its answer has no content, and its errors are those of
 * the token endpoint. Never decides whose token it is or what ends with it.
 */
package dev.countersign.protocol.revocation;
