package dev.countersign.attacker.play;

import dev.countersign.attacker.wire.Answer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a request should be refused.
 *
 * @param rule the requirement that demands the refusal, by its id
 * @param statuses those that the specification names; empty means any from 400 to 499 but those of
 *     {@link Answer#isBusy()}
 * @param errors the error codes that it names; empty means any or none
 * @param closing whether closing the connection is a right refusal, too
 */
public record Expected(String rule, Set<Integer> statuses, Set<String> errors, boolean closing) {

  /** Copies the sets. */
  public Expected {
    statuses = Set.copyOf(statuses);
    errors = Set.copyOf(errors);
  }

  /** Any refusal by the requirement. */
  public static Expected refusal(String rule) {
    return new Expected(rule, Set.of(), Set.of(), false);
  }

  /** This error code. */
  public static Expected error(String rule, String... codes) {
    return new Expected(rule, Set.of(), Set.of(codes), false);
  }

  /** {@code invalid_client} with 400 or 401 (RFC 6749 section 5.2). */
  public static Expected invalidClient(String rule) {
    return error(rule, "invalid_client").status(400, 401);
  }

  /** With one of these statuses alone. */
  public Expected status(int... those) {
    return new Expected(
        rule, Arrays.stream(those).boxed().collect(Collectors.toSet()), errors, closing);
  }

  /** With this error code, too. */
  public Expected orError(String... codes) {
    Set<String> all = new HashSet<>(errors);
    all.addAll(Set.of(codes));
    return new Expected(rule, statuses, all, closing);
  }

  /** Or by closing the connection. */
  public Expected orClosing() {
    return new Expected(rule, statuses, errors, true);
  }

  boolean isMetBy(Answer answer) {
    if (answer.closed().isPresent()) {
      return closing;
    }
    boolean status =
        statuses.isEmpty()
            ? answer.status() >= 400 && answer.status() < 500 && !answer.isBusy()
            : statuses.contains(answer.status());
    return status && (errors.isEmpty() || answer.error().filter(errors::contains).isPresent());
  }

  /** What is expected, in a few words. */
  public String brief() {
    String status =
        statuses.isEmpty()
            ? "4xx"
            : new TreeSet<>(statuses)
                .stream().map(String::valueOf).collect(Collectors.joining(" or "));
    return errors.isEmpty() ? status : status + " " + String.join(" or ", new TreeSet<>(errors));
  }
}
