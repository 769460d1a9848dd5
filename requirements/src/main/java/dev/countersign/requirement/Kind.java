package dev.countersign.requirement;

import java.util.Arrays;
import java.util.Locale;

/** What a row of the catalogue is. */
public enum Kind {
  /** Something a party does or refuses. */
  RULE,
  /** Input and expected output of a computation. */
  VECTOR,
  /** An attack and the answer that defeats it. */
  ATTACK,
  /** How the wire looks, without a demand. */
  FACT,
  /** An explanation, or a goal. */
  NOTE;

  /** The word the catalogue writes for this kind. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this label; refuses any other word with {@link IllegalArgumentException}. */
  static Kind of(String label) {
    return Arrays.stream(values())
        .filter(kind -> kind.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "kind \"" + label + "\" is none of rule, vector, attack, fact, note"));
  }
}
