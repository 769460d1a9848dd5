package dev.countersign.it.mutation;

import dev.countersign.attacker.play.Verdict;

/**
 * A mistake in one class that the attacker has to find in a running deployment.
 *
 * @param mistake with the recipes that find it in place of rules
 * @param verdict what each of them has to say
 */
record AttackMutant(SeededMutant mistake, Verdict verdict) {

  /** A mistake that lets the attack succeed. */
  static AttackMutant in(
      String module, String className, String right, String wrong, String... recipes) {
    return new AttackMutant(
        SeededMutant.in(module, className, right, wrong, recipes), Verdict.VULNERABLE);
  }

  /** A mistake that lets nobody in by itself: the recipe says that something is odd. */
  AttackMutant odd() {
    return new AttackMutant(mistake, Verdict.SECURE_BUT_ODD_CODE);
  }

  @Override
  public String toString() {
    return mistake.toString();
  }
}
