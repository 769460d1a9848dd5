/**
 * How the attacker speaks: HTTP as it should be, HTTP as nobody should send it, and what was said.
 *
 * <p>Owns the bounds: nothing reaches a host that was not allowed, or faster or more often than was
 * allowed. Keeps every exchange with its secrets shortened. Knows no OAuth rule and judges nothing.
 */
@NullMarked
package dev.countersign.attacker.wire;

import org.jspecify.annotations.NullMarked;
