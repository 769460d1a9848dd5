/**
 * Strict JSON (RFC 8259, I-JSON of RFC 7493): objects in, objects out.
 *
 * <p>Owns: what is refused before anything reads a member - a member named twice, bytes that are
 * not UTF-8, a byte order mark, lone surrogates, trailing data, too much depth or size.
 *
 * <p>Never: maps JSON to classes, and never shows the library that reads it.
 */
@NullMarked
package dev.countersign.protocol.json;

import org.jspecify.annotations.NullMarked;
