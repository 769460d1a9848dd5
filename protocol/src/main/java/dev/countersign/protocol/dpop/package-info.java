/**
 * Demonstrating Proof of Possession: a client shows with each request that it holds the key its
 * token is bound to (RFC 9449).
 *
 * <p>Owns the proof in both directions, the server's nonces, and the comparison of target URIs. It
 * says until when a proof could be replayed, and never remembers one: that is the store's. Whether
 * the proof's key is the one a token or code is bound to is for the caller to compare.
 */
package dev.countersign.protocol.dpop;
