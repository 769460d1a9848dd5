package dev.countersign.it.mutation;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** The same mistake, which the tests of another module are to notice. */
  SeededMutant noticedBy(String module) {
    return new SeededMutant(rules, this.module, className, right, wrong, module);
  }

  /** Whether it is among those to run: those of all rules, or of the rules that are named. */
  boolean isAsked() {
    List<String> named = List.of(System.getProperty("countersign.mutants", "all").split(","));
    return named.contains("all") || named.stream().anyMatch(rules::contains);
  }

  /** How often the right text stands in a source; once is right. */
  int places(String source) {
    return source.split(Pattern.quote(right), -1).length - 1;
  }

  /** The source with the mistake. */
  String breaking(String source) {
    return source.replace(right, wrong);
  }

  @Override
  public String toString() {
    return String.join(", ", rules.stream().sorted().toList())
        + " in "
        + className.substring(className.lastIndexOf('.') + 1)
        + ": "
        + wrong.strip().lines().findFirst().orElse("nothing")
        + " for "
        + right.strip().lines().findFirst().orElse("nothing");
  }
}
