/**
 * Attacks on client authentication and on signed messages: assertions, request objects, proofs and
 * certificates that are forged, replayed, addressed to somebody else or used in place of another
 * (catalogue J-01 to J-20, A1-26, A1-42, A2-05, A2-06, ATT-30 to ATT-38).
 *
 * <p>Whatever a rule of algorithms must stop is signed for real, so that nothing else stops it.
 */
@NullMarked
package dev.countersign.attacker.recipe.jose;

import org.jspecify.annotations.NullMarked;
