package dev.countersign.it.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What rules are made of. Without a library of assertions: they are asked for every input. */
final class Holds {
  /** A character can be six in JSON, and each of three bytes nine in a form. */
  private static final int FACTOR = 9;

  /** What is written although it was not there, for example a default. */
  private static final int CONSTANT = 512;

  private Holds() {}

  static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("not so: " + what);
    }
  }

  static void equal(Object one, Object other, String what) {
    if (!Objects.equals(one, other)) {
      throw new AssertionError("not equal: " + what + "\n  " + one + "\n  " + other);
    }
  }

  /** What is written is no longer than what was read, but for how it is escaped. */
  static void linear(String written, String input) {
    that(
        written.getBytes(StandardCharsets.UTF_8).length
            <= FACTOR * input.getBytes(StandardCharsets.UTF_8).length + CONSTANT,
        "what is written has " + written.length() + " characters, of " + input.length());
  }
}
