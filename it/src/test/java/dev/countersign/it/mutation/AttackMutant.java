package dev.countersign.it.mutation;

import dev.countersign.attacker.play.Verdict;

/**
 * A mistake in one class that the attacker has to find in a running deployment.
 *
 * @param mistake with the recipes that find it in place of rules
 * @param verdict what each of them has to say
 */
record AttackMutant(SeededMutant mistake, Verdict verdict) {

  @Override
  public String toString() {
    return mistake.toString();
  }
}
