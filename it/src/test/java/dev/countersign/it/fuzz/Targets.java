package dev.countersign.it.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every way in. */
final class Targets {
  static final List<Target<?>> ALL =
      Stream.of(
              JsonTargets.ALL,
              JoseTargets.ALL,
              SignedTargets.ALL,
              HttpTargets.ALL,
              StructuredTargets.ALL,
              MessageTargets.ALL,
              SignedAnswerTargets.ALL,
              RequestTargets.ALL,
              AnswerTargets.ALL,
              UriTargets.ALL,
              EdgeTargets.ALL,
              ConfigTargets.ALL)
          .<Target<?>>flatMap(List::stream)
          .toList();

  private Targets() {}

  /** The one that the system property {@code countersign.fuzz} names; all without it. */
  static List<Target<?>> asked() {
    Optional<String> name = Optional.ofNullable(System.getProperty(Fuzzing.TARGET));
    if (name.isEmpty()) {
      return ALL;
    }
    List<Target<?>> asked =
        ALL.stream().filter(target -> target.name().equals(name.get())).toList();
    if (asked.isEmpty()) {
      throw new AssertionError("there is no target " + name.get() + "; there are " + ALL);
    }
    return asked;
  }
}
