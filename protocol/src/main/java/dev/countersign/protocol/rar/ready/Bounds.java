package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.oauth.ResourceIndicator;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What the schemas of the ready types have in common. A message never holds the value. */
final class Bounds {
  private static final int LONGEST_LOCATION = 512;
  private static final int MOST_LOCATIONS = 8;
  private static final Pattern VISIBLE = Pattern.compile("[^\\s\\p{Z}\\p{C}\\p{M}]");
  private static final int LAST_YEAR = 9999;

  private Bounds() {}

  /**
   * A text that a person can see, of at most {@code longest} characters as JSON Schema counts them:
   * code points.
   */
  static void requireText(String component, String value, int longest) {
    if (value.codePointCount(0, value.length()) > longest || !VISIBLE.matcher(value).find()) {
      throw new IllegalArgumentException(
          component + " must be 1 to " + longest + " characters, not all of them blank");
    }
  }

  /** A text that is wholly of this form. */
  static void requireForm(String component, String value, Pattern form, String words) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(component + " must be " + words);
    }
  }

  /** A copy of at most {@code most} different elements. */
  static <T> List<T> different(String component, List<T> list, int most) {
    List<T> copy = List.copyOf(list);
    if (copy.size() > most || new HashSet<>(copy).size() < copy.size()) {
      throw new IllegalArgumentException(
          component + " must have at most " + most + " elements, none of them twice");
    }
    return copy;
  }

  /** The same, and at least one. */
  static <T> List<T> some(String component, List<T> list, int most) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException(component + " must not be empty");
    }
    return different(component, list, most);
  }

  static List<ResourceIndicator> locations(String component, List<ResourceIndicator> list) {
    if (list.stream().anyMatch(location -> location.value().length() > LONGEST_LOCATION)) {
      throw new IllegalArgumentException(
          component + " must be at most " + LONGEST_LOCATION + " characters each");
    }
    return different(component, list, MOST_LOCATIONS);
  }

  /** A day that has four digits for its year, as RFC 3339 writes it. */
  static void requireYear(String component, LocalDate date) {
    if (date.getYear() < 0 || date.getYear() > LAST_YEAR) {
      throw new IllegalArgumentException(component + " must be of the years 0 to " + LAST_YEAR);
    }
  }
}
