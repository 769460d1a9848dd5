/**
 * The parts of HTTP messages that OAuth speaks through: forms, header fields, challenges and the
 * FAPI headers (RFC 6749 section 3, RFC 9110 section 11.6.1, FAPI 2.0 Implementation Advice 2.2).
 *
 * <p>Owns: the strict reading of their text. Never: sockets, status lines, cookies, or the meaning
 * of a parameter.
 */
@NullMarked
package dev.countersign.protocol.http;

import org.jspecify.annotations.NullMarked;
