package dev.countersign.attacker.play;

import dev.countersign.attacker.wire.Exchange;
import java.util.List;

/**
 * One step of a recipe, as it went.
 *
 * @param kind what it is for
 * @param what what was done, in words
 * @param verdict what came of it; a twin that succeeded is SECURE
 * @param found what was seen
 * @param rule the requirement that the expectation comes from; empty for a twin
 * @param exchanges what was said, secrets shortened
 */
public record Step(
    Kind kind, String what, Verdict verdict, String found, String rule, List<Exchange> exchanges) {

  /** What a step is for. */
  public enum Kind {
    /** Shows that the same, done right, succeeds. */
    TWIN,
    /** Does what must be refused, or looks at what must not be seen. */
    ATTACK
  }

  /** Copies the list. */
  public Step {
    exchanges = List.copyOf(exchanges);
  }
}
