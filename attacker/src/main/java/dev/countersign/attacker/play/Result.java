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
}
