package dev.countersign.it.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where rules are enforced and shown, by the index that {@code countersign rules} reads; another
 * test holds that against the sources.
 */
final class RulePlaces {
  private final List<Place> places;

  private RulePlaces(List<Place> places) {
    this.places = places;
  }

  private record Place(String rule, String how, String module, String member) {}

  /** Reads the index. */
  static RulePlaces read() {
    try {
      return new RulePlaces(
          Files.readAllLines(
                  Module.ROOT.resolve(
                      "cli/src/main/resources/dev/countersign/cli/rules/traces.tsv"))
              .stream()
              .skip(1)
              .map(line -> line.split("\t", -1))
              .map(cells -> new Place(cells[0], cells[1], cells[2], cells[3]))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The classes, or {@code class#member}, of a module that enforce a rule. */
  Set<String> enforcing(String rule, String module) {
    return places(rule, "enforces", module);
  }

  /** The tests of a module that show a rule, {@code class#method}; a class without member: all. */
  Set<String> showing(String rule, String module) {
    return places(rule, "shows", module);
  }

  /** Whether some code of ours enforces a rule. */
  boolean isEnforced(String rule) {
    return places.stream()
        .anyMatch(place -> place.rule().equals(rule) && place.how().equals("enforces"));
  }

  /** All rules that a module enforces somewhere and shows somewhere. */
  Set<String> shownWhereEnforced(String module) {
    return places.stream()
        .map(Place::rule)
        .filter(rule -> !enforcing(rule, module).isEmpty() && !showing(rule, module).isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> places(String rule, String how, String module) {
    return places.stream()
        .filter(place -> place.rule().equals(rule))
        .filter(place -> place.how().equals(how) && place.module().equals(module))
        .map(Place::member)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
