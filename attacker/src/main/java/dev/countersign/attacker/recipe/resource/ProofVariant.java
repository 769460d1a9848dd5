package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.Jwt;
import java.util.function.UnaryOperator;

/**
 * A change of a DPoP proof.
 *
 * @param what in words
 * @param change as it is made
 */
record ProofVariant(String what, UnaryOperator<Jwt> change) {}
