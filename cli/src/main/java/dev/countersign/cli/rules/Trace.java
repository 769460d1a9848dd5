package dev.countersign.cli.rules;

import dev.countersign.requirement.RequirementId;

/**
 * One place that names a requirement.
 *
 * @param id the requirement
 * @param how what the place does for it
 * @param module the module of the repository it stands in
 * @param place the class with its package, and behind {@code #} the member if there is one; of a
 *     package its name
 */
public record Trace(RequirementId id, How how, String module, String place) {

  /** What a place does for a requirement. */
  public enum How {
    /** It is the code that enforces it. */
    ENFORCES,
    /** It is the test that shows it. */
    SHOWS
  }

  /** Whether the place is the class or package {@code name}, with or without its package. */
  boolean isIn(String name) {
    String type = place.split("#", 2)[0];
    return type.equals(name) || type.endsWith("." + name) || type.contains("." + name + ".");
  }

  /** Module and place, as one reads them. */
  @Override
  public String toString() {
    return module + ": " + place.replace('#', '.');
  }
}
