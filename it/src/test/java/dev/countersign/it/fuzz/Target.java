package dev.countersign.it.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * One way by which the text of others reaches us. Whatever comes, it is taken or refused by an
 * exception that is documented; what is taken keeps its rule.
 *
 * @param name that of its file of seeds
 * @param refusals the only exceptions that may come of an input
 * @param reading reads an input
 * @param rule fails with an {@link AssertionError} for what should not have been taken, or not so
 * @param secrets what of an input no text of a refusal may hold
 * @param <T> what is made of an input
 */
record Target<T>(
    String name,
    Set<Class<? extends Exception>> refusals,
    Reading<T> reading,
    Rule<T> rule,
    Function<String, List<String>> secrets) {

  /** Makes something of an input, or refuses it. */
  @FunctionalInterface
  interface Reading<T> {
    T read(byte[] input) throws Exception;
  }

  /** What must hold of what was made of an input. */
  @FunctionalInterface
  interface Rule<T> {
    void holds(T read, byte[] input) throws Exception;
  }

  /** One whose inputs hold no secret. */
  Target(String name, Set<Class<? extends Exception>> refusals, Reading<T> reading, Rule<T> rule) {
    this(name, refusals, reading, rule, _ -> List.of());
  }

  /** One of text: bytes that are not UTF-8 are read as the replacement character. */
  static <T> Target<T> ofText(
      String name,
      Set<Class<? extends Exception>> refusals,
      TextReading<T> reading,
      TextRule<T> rule) {
    return new Target<>(
        name,
        refusals,
        input -> reading.read(text(input)),
        (read, input) -> rule.holds(read, text(input)));
  }

  /** As {@link Reading}, of text. */
  @FunctionalInterface
  interface TextReading<T> {
    T read(String input) throws Exception;
  }

  /** As {@link Rule}, of text. */
  @FunctionalInterface
  interface TextRule<T> {
    void holds(T read, String input) throws Exception;
  }

  /** The same, whose inputs hold secrets. */
  Target<T> withSecrets(Function<String, List<String>> some) {
    return new Target<>(name, refusals, reading, rule, some);
  }

  /**
   * Whether the input is taken.
   *
   * @throws AssertionError if anything is not as it must be
   */
  boolean takes(byte[] input) {
    T read;
    try {
      read = reading.read(input.clone());
    } catch (Exception e) {
      if (refusals.stream().noneMatch(type -> type.isInstance(e))) {
        throw new AssertionError(name + ": " + e.getClass().getName() + " came out", e);
      }
      RefusalTexts.look(this, e, text(input));
      return false;
    }
    try {
      rule.holds(read, input);
      return true;
    } catch (Exception e) {
      throw new AssertionError(name + ": what it took is refused afterwards", e);
    }
  }

  static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return name;
  }
}
