/**
 * HTTP messages that are signed (RFC 9421), the digest of their content (RFC 9530), and what FAPI
 * 2.0 wants of both: {@link dev.countersign.protocol.httpsig.FapiRequestSignature} and {@link
 * dev.countersign.protocol.httpsig.FapiResponseSignature}.
 *
 * <p>Owns: what is signed and verified of one message. Never: sockets, clocks, where keys come
 * from, or what an application does with what was verified.
 */
@NullMarked
package dev.countersign.protocol.httpsig;

import org.jspecify.annotations.NullMarked;
