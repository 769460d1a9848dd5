package dev.countersign.it.mutation;

import java.util.Set;

/**
 * One mistake in one class, which a test that names one of the rules has to notice.
 *
 * @param rules what the mistake breaks
 * @param module whose class it is
 * @param className the top level class
 * @param right what stands there, once
 * @param wrong what stands there by mistake
 * @param tests the module whose tests are to notice
 */
record SeededMutant(
    Set<String> rules, String module, String className, String right, String wrong, String tests) {

  /** A mistake that the tests of the same module are to notice. */
  static SeededMutant in(
      String module, String className, String right, String wrong, String... rules) {
    return new SeededMutant(
        Set.of(rules), module, "dev.countersign." + className, right, wrong, module);
  }

  @Override
  public String toString() {
    return String.join(", ", rules.stream().sorted().toList())
        + " in "
        + className.substring(className.lastIndexOf('.') + 1)
        + ": "
        + wrong.strip().lines().findFirst().orElse("nothing");
  }
}
