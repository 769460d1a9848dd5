package dev.countersign.attacker.report;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.report.Canvas.Paint;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** Tells of recipes without playing them, by their cards. */
public final class RecipeList {
  private static final int INDENT = 8;

  private final Canvas canvas;

  /**
   * Prints to {@code out}, lines of at most 100 columns.
   *
   * @param colour whether to write ANSI colour, for terminals only
   */
  public RecipeList(PrintStream out, boolean colour) {
    this(out, colour, Canvas.WIDTH);
  }

  /**
   * Prints to {@code out}.
   *
   * @param colour whether to write ANSI colour, for terminals only
   * @param width columns of a line; no fewer than 40 are filled
   */
  public RecipeList(PrintStream out, boolean colour, int width) {
    this.canvas = new Canvas(out, colour, width);
  }

  /** A recipe that is played. */
  public void print(About about) {
    head(about);
    String needs =
        about.needs().stream().sorted().map(Need::title).collect(Collectors.joining(", "));
    canvas.block(INDENT, Paint.DIM, "needs " + (needs.isEmpty() ? "nothing" : needs));
  }

  /** One that no recipe plays, with the reason. */
  public void print(About about, String reason) {
    head(about);
    canvas.block(INDENT, Paint.DIM, "not played: " + reason);
  }

  private void head(About about) {
    String others = about.ids().size() == 1 ? "" : about.ids().stream().skip(1).toList().toString();
    canvas.title(Paint.BOLD, "%-7s %s %s".formatted(about.id(), about.name(), others).strip());
    canvas.block(
        INDENT,
        Paint.PLAIN,
        "%s: %s"
            .formatted(
                about.attackers().stream()
                    .sorted()
                    .map(Attacker::id)
                    .collect(Collectors.joining(", ")),
                about.goals().stream()
                    .sorted()
                    .map(Goal::title)
                    .collect(Collectors.joining(", "))));
    canvas.block(INDENT, Paint.PLAIN, about.rule() + ": " + about.defence());
  }
}
