/**
 * Structured field values (RFC 9651): read strictly, written in the one canonical way.
 *
 * <p>Owns: the types of section 3, parsing (section 4.2) from the lines of one field, serialising
 * (section 4.1), and how much is read of a field of somebody else. Never: what a key, an item or a
 * parameter of a certain field means.
 */
@NullMarked
package dev.countersign.protocol.structured;

import org.jspecify.annotations.NullMarked;
