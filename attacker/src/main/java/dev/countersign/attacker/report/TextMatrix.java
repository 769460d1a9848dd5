package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Canvas.Paint;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints the matrix of attackers and goals; as a list where there is no room for it. */
final class TextMatrix {
  private static final int HEAD = 14;
  private static final int NARROWEST = 17;

  private final Canvas canvas;

  TextMatrix(Canvas canvas) {
    this.canvas = canvas;
  }

  void print(Matrix matrix) {
    if (HEAD + Arrays.stream(Goal.values()).mapToInt(TextMatrix::width).sum()
        > canvas.width() + 1) {
      matrix.rows().forEach(this::list);
    } else {
      table(matrix);
    }
    canvas.gap();
    canvas.block(
        2,
        Paint.DIM,
        Arrays.stream(Attacker.values())
            .map(attacker -> attacker.id() + " " + attacker.title())
            .collect(Collectors.joining("; ", "", ".")));
  }

  private void list(Matrix.Row row) {
    canvas.line(Paint.BOLD, row.attacker().id() + (row.isInformative() ? " (informative)" : ""));
    for (Matrix.Cell cell : row.cells()) {
      cell.verdict()
          .ifPresent(
              verdict -> {
                canvas.block(2, Paint.PLAIN, cell.goal().title());
                canvas.block(4, Paint.of(verdict), counts(cell));
              });
    }
  }

  private static String counts(Matrix.Cell cell) {
    return cell.counts().entrySet().stream()
        .map(count -> count.getValue() + " " + Words.brief(count.getKey()))
        .collect(Collectors.joining(", "));
  }

  private void table(Matrix matrix) {
    StringBuilder goals = new StringBuilder(" ".repeat(HEAD));
    for (Goal goal : Goal.values()) {
      goals.append(padded(goal.title(), width(goal)));
    }
    canvas.line(Paint.BOLD, goals.toString().stripTrailing());
    matrix.rows().forEach(this::row);
  }

  private void row(Matrix.Row row) {
    List<List<String>> columns = row.cells().stream().map(this::cell).toList();
    int height = columns.stream().mapToInt(List::size).max().orElse(1);
    for (int i = 0; i < Math.max(height, row.isInformative() ? 2 : 1); i++) {
      StringBuilder line = new StringBuilder(head(row, i));
      for (int column = 0; column < columns.size(); column++) {
        List<String> lines = columns.get(column);
        int width = width(row.cells().get(column).goal());
        line.append(i < lines.size() ? lines.get(i) : " ".repeat(width));
      }
      canvas.line(Paint.PLAIN, line.toString().stripTrailing());
    }
  }

  private String head(Matrix.Row row, int line) {
    return switch (line) {
      case 0 -> canvas.paint(Paint.BOLD, padded(row.attacker().id(), HEAD));
      case 1 -> padded(row.isInformative() ? "(informative)" : "", HEAD);
      default -> " ".repeat(HEAD);
    };
  }

  /** A line for each verdict, the weightiest first. */
  private List<String> cell(Matrix.Cell cell) {
    int width = width(cell.goal());
    if (cell.results().isEmpty()) {
      return List.of(canvas.paint(Paint.DIM, padded("  -", width)));
    }
    return cell.counts().entrySet().stream().map(count -> count(count, width)).toList();
  }

  private String count(Map.Entry<Verdict, Integer> count, int width) {
    String text = "%3d %s".formatted(count.getValue(), Words.brief(count.getKey()));
    return canvas.paint(Paint.of(count.getKey()), padded(text, width));
  }

  private static int width(Goal goal) {
    return Math.max(NARROWEST, goal.title().length() + 1);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
