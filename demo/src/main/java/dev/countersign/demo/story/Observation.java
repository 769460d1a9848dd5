package dev.countersign.demo.story;

import dev.countersign.requirement.RequirementId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something that must be seen in a message, and the requirement that is met by it.
 *
 * @param id the requirement
 * @param what what is seen, a short sentence
 * @param holds whether it is
 */
public record Observation(RequirementId id, String what, Predicate<Evidence> holds) {

  /** What meets the requirement with this id. */
  public static Observation of(String id, String what, Predicate<Evidence> holds) {
    return new Observation(RequirementId.of(id), what, holds);
  }

  static List<Observation> all(List<List<Observation>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }
}
