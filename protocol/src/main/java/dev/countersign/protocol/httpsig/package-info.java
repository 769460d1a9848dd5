/**
 * HTTP messages that are signed: the digest of their content (RFC 9530).
 *
 * <p>Owns: what is signed and verified of one message. Never: sockets, clocks, where keys come
 * from, or what an application does with what was verified.
 */
@NullMarked
package dev.countersign.protocol.httpsig;

import org.jspecify.annotations.NullMarked;
