package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.Jwt;
import java.util.function.UnaryOperator;

/**
 * One way in which a JWT is made wrong.
 *
 * @param what it is, in words
 * @param change makes it of a right one
 */
record Variant(String what, UnaryOperator<Jwt> change) {

  /** A way to make it wrong. */
  static Variant of(String what, UnaryOperator<Jwt> change) {
    return new Variant(what, change);
  }
}
