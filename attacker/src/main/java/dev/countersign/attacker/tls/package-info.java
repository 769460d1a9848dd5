/**
 * What a server's TLS lets happen: versions, cipher suites, compression, renegotiation, certificate
 * (BCP 195: RFC 9325, RFC 8996).
 *
 * <p>Owns a ClientHello made by hand, since Java offers no SSL 3 and no removed suites, and a
 * lenient reader of what is said to it. No handshake made by hand is ever finished, so there is no
 * cryptography here. Knows nothing of OAuth and judges nothing.
 */
@NullMarked
package dev.countersign.attacker.tls;

import org.jspecify.annotations.NullMarked;
