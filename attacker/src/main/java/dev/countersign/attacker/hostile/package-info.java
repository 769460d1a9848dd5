/**
 * Where the attacker listens: an HTTPS server that answers as a recipe wants, and remembers who
 * asked for what.
 *
 * <p>Owns the port and the list of what came. Knows no OAuth rule and judges nothing.
 */
@NullMarked
package dev.countersign.attacker.hostile;

import org.jspecify.annotations.NullMarked;
