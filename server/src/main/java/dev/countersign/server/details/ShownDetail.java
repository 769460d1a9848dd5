package dev.countersign.server.details;

import java.util.List;
import java.util.Optional;

/**
 * A detail in the words of one language. Plain text throughout, without anything invisible: pages
 * escape it.
 *
 * @param title what is allowed
 * @param sentence what is to be said of it
 * @param rows its members
 */
public record ShownDetail(String title, Optional<String> sentence, List<Row> rows) {

  /** Copies the list. */
  public ShownDetail {
    rows = List.copyOf(rows);
  }

  /** The same without the sentence, which is for those who have not decided yet. */
  public ShownDetail decided() {
    return new ShownDetail(title, Optional.empty(), rows);
  }

  /**
   * A label and what stands behind it.
   *
   * @param label of ours; for a member that no row explains its name
   * @param values at least one
   */
  public record Row(String label, List<Value> values) {
    /** Copies the list. */
    public Row {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return "Row[label=" + label + "]";
    }
  }

  /**
   * A value.
   *
   * @param text what to read
   * @param exact whether it is to be compared character by character, as a digest is
   */
  public record Value(String text, boolean exact) {
    /** Nothing of it: it may be personal. */
    @Override
    public String toString() {
      return "Value";
    }
  }
}
