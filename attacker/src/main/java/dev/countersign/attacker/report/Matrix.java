package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who could do what: a row for each attacker of the model, and in it a cell for each goal. A recipe
 * of two attackers and two goals stands in four cells.
 *
 * @param rows in the order of the model
 */
public record Matrix(List<Row> rows) {

  /** Copies the list. */
  public Matrix {
    rows = List.copyOf(rows);
  }

  /**
   * What one attacker could do.
   *
   * @param cells in the order of the goals
   */
  public record Row(Attacker attacker, List<Cell> cells) {

    /** Copies the list. */
    public Row {
      cells = List.copyOf(cells);
    }

    /** Whether the model has this attacker for information only. */
    public boolean isInformative() {
      return attacker == Attacker.A4;
    }
  }

  /**
   * What one attacker could do to one goal.
   *
   * @param results of the recipes, the weightiest first
   */
  public record Cell(Goal goal, List<Result> results) {

    /** Sorts them. */
    public Cell {
      results =
          results.stream()
              .sorted(Comparator.comparing(Result::verdict, Comparator.reverseOrder()))
              .toList();
    }

    /** The weightiest verdict; none if there is no such recipe. */
    public Optional<Verdict> verdict() {
      return results.stream().map(Result::verdict).findFirst();
    }

    /** How many ended how, the weightiest first, without those that none has. */
    public Map<Verdict, Integer> counts() {
      Map<Verdict, Integer> counts = new LinkedHashMap<>();
      results.forEach(result -> counts.merge(result.verdict(), 1, Integer::sum));
      return Collections.unmodifiableMap(counts);
    }
  }

  /** That of a run. */
  public static Matrix of(Findings findings) {
    return new Matrix(
        Arrays.stream(Attacker.values()).map(attacker -> row(attacker, findings)).toList());
  }

  private static Row row(Attacker attacker, Findings findings) {
    List<Result> of =
        findings.results().stream()
            .filter(result -> result.about().attackers().contains(attacker))
            .toList();
    return new Row(attacker, Arrays.stream(Goal.values()).map(goal -> cell(goal, of)).toList());
  }

  private static Cell cell(Goal goal, List<Result> results) {
    return new Cell(
        goal, results.stream().filter(result -> result.about().goals().contains(goal)).toList());
  }
}
