package dev.countersign.attacker.play;

import java.util.List;

/**
 * What came of a recipe.
 *
 * @param verdict the weightiest of its steps
 * @param reason why, in a sentence
 * @param steps as they went
 */
public record Result(About about, Verdict verdict, String reason, List<Step> steps) {

  /** Copies the list. */
  public Result {
    steps = List.copyOf(steps);
  }

  /** Those of its attacks that ended so. */
  public List<Step> steps(Verdict ended) {
    return steps.stream()
        .filter(step -> step.kind() == Step.Kind.ATTACK && step.verdict() == ended)
        .toList();
  }
}
