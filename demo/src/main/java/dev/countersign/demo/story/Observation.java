package dev.countersign.demo.story;

import dev.countersign.requirement.RequirementId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something that must be seen in a message, and the requirement that is met by it.
 *
 * @param id the requirement
 * @param what what is seen, a short sentence
 * @param matters whether the message has what the requirement is about; nothing is said otherwise
 * @param holds whether it is seen
 */
public record Observation(
    RequirementId id, String what, Predicate<Evidence> matters, Predicate<Evidence> holds) {

  /** What meets the requirement with this id. */
  public static Observation of(String id, String what, Predicate<Evidence> holds) {
    return new Observation(RequirementId.of(id), what, _ -> true, holds);
  }

  /** The same, of messages alone that have what it is about. */
  Observation where(Predicate<Evidence> matters) {
    return new Observation(id, what, matters, holds);
  }

  static List<Observation> all(List<List<Observation>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }
}
