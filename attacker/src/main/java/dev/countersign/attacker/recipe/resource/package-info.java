/**
 * Attacks at protected resources and at introspection with tokens and proofs that leaked or were
 * forged (catalogue A7-01 to A7-16, ATT-40, ATT-43 to ATT-46, ATT-49 to ATT-55).
 */
@NullMarked
package dev.countersign.attacker.recipe.resource;

import org.jspecify.annotations.NullMarked;
