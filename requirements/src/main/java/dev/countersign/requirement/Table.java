package dev.countersign.requirement;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of tab-separated text: a header line with exactly the expected columns, then one row a
 * line. A cell holds neither tab nor line break, so nothing is quoted or escaped.
 */
record Table(List<Row> rows) {

  Table {
    rows = List.copyOf(rows);
  }

  /** Reads the lines of the resource of that name, which only error messages use. */
  static Table of(String resource, List<String> columns, List<String> lines) {
    if (lines.isEmpty() || !cells(lines.getFirst()).equals(columns)) {
      throw new IllegalArgumentException(
          resource + ", line 1: expected the columns " + String.join(", ", columns));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      Row row = new Row(resource, i + 1, cells(lines.get(i)));
      if (row.cells.size() != columns.size()) {
        throw row.fault(row.cells.size() + " cells instead of " + columns.size());
      }
      rows.add(row);
    }
    return new Table(rows);
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\t", -1));
  }

  /** One row and where it stands; lines count from 1. */
  record Row(String resource, int line, List<String> cells) {

    String cell(int column) {
      return cells.get(column);
    }

    /** What to throw when the row means nothing. */
    IllegalArgumentException fault(String what) {
      return new IllegalArgumentException(place() + what);
    }

    /** What to throw when a cell was refused. */
    IllegalArgumentException fault(IllegalArgumentException refusal) {
      return new IllegalArgumentException(place() + refusal.getMessage(), refusal);
    }

    private String place() {
      return resource + ", line " + line + ": ";
    }
  }
}
