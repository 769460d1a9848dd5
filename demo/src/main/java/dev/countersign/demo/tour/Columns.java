package dev.countersign.demo.tour;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a width. */
final class Columns {
  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();

  private Columns(int width) {
    this.width = width;
  }

  /**
   * Lines of at most {@code width} characters, filled with {@code units} in their order and a comma
   * between two of them. A unit stays on one line if it can; else it is broken between words or
   * behind an equals sign, and a word that is longer than a line is cut.
   */
  static List<String> list(List<String> units, int width) {
    Columns columns = new Columns(width);
    for (int i = 0; i < units.size(); i++) {
      columns.add(units.get(i) + (i + 1 < units.size() ? "," : ""));
    }
    return columns.end();
  }

  /** The words of a sentence in lines of at most {@code width} characters. */
  static List<String> wrap(String sentence, int width) {
    Columns columns = new Columns(width);
    for (String word : sentence.split(" +", -1)) {
      columns.add(word);
    }
    return columns.end();
  }

  private void add(String unit) {
    if (unit.length() > width && unit.indexOf(' ') > 0) {
      for (String word : unit.split(" +", -1)) {
        add(word);
      }
      return;
    }
    int value = unit.indexOf('=') + 1;
    if (unit.length() > width && value > 0 && value < unit.length()) {
      add(unit.substring(0, value));
      add(unit.substring(value));
      return;
    }
    if (!line.isEmpty() && line.length() + 1 + unit.length() > width) {
      flush();
    }
    line.append(line.isEmpty() ? "" : " ").append(unit);
    while (line.length() > width) {
      lines.add(line.substring(0, width));
      line.delete(0, width);
    }
  }

  private List<String> end() {
    flush();
    return List.copyOf(lines);
  }

  private void flush() {
    if (!line.isEmpty()) {
      lines.add(line.toString());
      line.setLength(0);
    }
  }
}
