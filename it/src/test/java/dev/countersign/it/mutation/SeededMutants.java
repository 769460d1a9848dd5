package dev.countersign.it.mutation;

import java.util.List;
import java.util.stream.Stream;

/** All seeded mutants. */
final class SeededMutants {
  private SeededMutants() {}

  /** Those of all modules. */
  static List<SeededMutant> all() {
    return Stream.of(ServerMutants.ALL).flatMap(List::stream).toList();
  }
}
