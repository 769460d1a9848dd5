/**
 * Attacks on a client that works with the target's authorization server and with the attacker's:
 * mix-up, forged callbacks, forged tokens, metadata that lies.
 *
 * <p>Owns the attacker's authorization server, and what it does otherwise than it should.
 */
@NullMarked
package dev.countersign.attacker.recipe.lured;

import org.jspecify.annotations.NullMarked;
