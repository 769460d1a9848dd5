package dev.countersign.demo.tour;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines of a width; a word that is longer than a line is cut. */
final class Columns {
  private Columns() {}

  /**
   * Lines of at most {@code width} characters, filled with {@code units} in their order, with {@code
   * separator} between two of them. A line ends with the separator's own characters, never with its
   * space.
   */
  static List<String> fill(List<String> units, String separator, int width) {
    String mark = separator.stripTrailing();
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < units.size(); i++) {
      String unit = units.get(i) + (i + 1 < units.size() ? mark : "");
      if (!line.isEmpty() && line.length() + 1 + unit.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(unit);
      cut(line, width, lines);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  /** The words of a sentence in lines of at most {@code width}. */
  static List<String> wrap(String sentence, int width) {
    return fill(List.of(sentence.split(" ", -1)), " ", width);
  }

  private static void cut(StringBuilder line, int width, List<String> lines) {
    while (line.length() > width) {
      lines.add(line.substring(0, width));
      line.delete(0, width);
    }
  }
}
