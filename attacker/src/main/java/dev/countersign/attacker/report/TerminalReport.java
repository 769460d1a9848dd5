package dev.countersign.attacker.report;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Step;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Canvas.Paint;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * For people: a line for each recipe as it is played, and at the end what came of all of them. Text
 * of at most a width; what others sent cannot begin a line of its own or steer a terminal.
 */
public final class TerminalReport implements Progress {
  private static final int REASON = 12;
  private static final int LABEL = 12;

  /** Of the name of a recipe, where there is room. */
  private static final int NAME = 42;

  /** The id before it, and the longest verdict behind it. */
  private static final int BESIDE_NAME = 28;

  private final Canvas canvas;

  /**
   * Prints to {@code out}, lines of at most 100 columns.
   *
   * @param colour whether to write ANSI colour, for terminals only
   */
  public TerminalReport(PrintStream out, boolean colour) {
    this(out, colour, Canvas.WIDTH);
  }

  /**
   * Prints to {@code out}.
   *
   * @param colour whether to write ANSI colour, for terminals only
   * @param width columns of a line; no fewer than 40 are filled
   */
  public TerminalReport(PrintStream out, boolean colour, int width) {
    this.canvas = new Canvas(out, colour, width);
  }

  /**
   * Says what will happen to a deployment that is not ours, before it does.
   *
   * @param file what describes it
   * @param recipes how many will be played
   */
  public void announce(Target target, String file, int recipes) {
    Bounds bounds = target.bounds();
    canvas.block(0, Paint.BOLD, "Attack on " + target.issuer().value() + ", by " + file);
    labelled("reaches", bounds.allow().stream().sorted().collect(Collectors.joining(", ")));
    labelled(
        "pace",
        "at most %d a second and %d in all, each given %s"
            .formatted(
                bounds.requestsPerSecond(),
                bounds.maxRequests(),
                Words.duration(bounds.timeout())));
    labelled("recipes", recipes + ", less those that need what the file does not offer");
    labelled("heavy", bounds.heavy() ? "much at once, slow and timed, too" : "nothing of it");
    if (!target.users().isEmpty()) {
      labelled(
          "logs in as",
          target.users().stream().map(TestUser::name).collect(Collectors.joining(", ")));
    }
    canvas.gap();
    canvas.block(
        0,
        Paint.PLAIN,
        "These are real attacks, with logins of the test users and grants of theirs. They need the"
            + " permission of whoever owns what is reached.");
    canvas.gap();
    canvas.flush();
  }

  @Override
  public void begins(About about, int number, int of) {
    int digits = String.valueOf(of).length();
    String place = ("[%" + digits + "d/%d] ").formatted(number, of);
    canvas.part(Paint.DIM, place);
    int room = canvas.width() - place.length() - BESIDE_NAME;
    int name = Math.clamp(room, 1, NAME);
    canvas.part(Paint.PLAIN, ("%-7s %-" + name + "s ").formatted(about.id(), about.name()));
  }

  @Override
  public void ended(Result result, int number, int of) {
    canvas.line(Paint.of(result.verdict()), result.verdict().title());
    if (result.verdict() != Verdict.SECURE) {
      canvas.block(REASON, Paint.DIM, result.reason());
    }
    canvas.flush();
  }

  /** What came of the run. */
  public void end(Findings findings) {
    heading("Attackers and goals");
    new TextMatrix(canvas).print(Matrix.of(findings));
    section("Not secure", findings.notSecure(), this::notSecure);
    section(
        "Residual: it succeeds, and the specification accepts it",
        findings.residual(),
        this::residual);
    if (findings.count(Verdict.NOT_RUN) > 0) {
      heading("Not run");
      findings.notRun().forEach(this::notRun);
    }
    summary(findings);
    canvas.flush();
  }

  /** What came of a run that did not come to its end, briefly: the recipe in flight is left. */
  public void endEarly(Findings findings) {
    canvas.gap();
    section("Not secure", findings.notSecure(), this::notSecure);
    summary(findings);
    canvas.flush();
  }

  private void heading(String text) {
    canvas.gap();
    canvas.title(Paint.BOLD, text);
    canvas.gap();
  }

  private void section(String title, List<Result> results, Consumer<Result> each) {
    if (!results.isEmpty()) {
      canvas.gap();
      canvas.title(Paint.BOLD, title);
      results.forEach(
          result -> {
            canvas.gap();
            each.accept(result);
          });
    }
  }

  private void notSecure(Result result) {
    About about = result.about();
    String others =
        about.ids().size() == 1
            ? ""
            : about.ids().stream().skip(1).collect(Collectors.joining(", ", " (", ")"));
    canvas.title(
        Paint.of(result.verdict()),
        "%s  %s %s%s".formatted(result.verdict().title(), about.id(), about.name(), others));
    List<Step> steps = result.steps(result.verdict());
    if (steps.isEmpty()) {
      labelled("because", result.reason());
    }
    steps.forEach(step -> labelled("found", Words.found(step)));
    labelled("rule", about.rule() + ": " + about.defence());
    Advice.of(result)
        .ifPresent(
            advice -> {
              labelled("means", advice.means());
              labelled("change", advice.change());
            });
  }

  private void residual(Result result) {
    About about = result.about();
    canvas.title(Paint.of(Verdict.RESIDUAL), about.id() + " " + about.name());
    for (Step step : result.steps(Verdict.RESIDUAL)) {
      labelled("remains", step.what() + ": " + step.found());
      labelled("accepted by", step.rule());
    }
  }

  private void notRun(String reason, List<Result> results) {
    canvas.block(2, Paint.PLAIN, reason);
    canvas.block(
        4,
        Paint.DIM,
        results.stream()
            .map(result -> result.about().id() + " " + result.about().name())
            .collect(Collectors.joining(", ")));
  }

  private void labelled(String label, String text) {
    canvas.labelled("  " + label, LABEL + 2, Paint.PLAIN, text);
  }

  private void summary(Findings findings) {
    heading("Result");
    List<Verdict> verdicts = Arrays.asList(Verdict.values());
    for (Verdict verdict : verdicts.reversed()) {
      long count = findings.count(verdict);
      if (count > 0) {
        canvas.line(Paint.of(verdict), "%5d %s".formatted(count, verdict.title()));
      }
    }
    canvas.gap();
    canvas.block(
        0,
        Paint.PLAIN,
        "%s %s with %s against %s in %s."
            .formatted(
                Headline.of(findings).text(),
                Words.count(findings.results().size(), "recipe"),
                Words.count(findings.requests(), "request"),
                findings.issuer(),
                Words.duration(findings.took())));
  }
}
