package dev.countersign.attacker.report;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Step;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.wire.Exchange;
import dev.countersign.attacker.wire.Texts;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the page's templates get. Public for them.
 *
 * @param findings the run
 * @param matrix that of the run
 * @param headline the run in a sentence
 * @param css the style sheet, ours
 * @param policy what the page may load: nothing but this style sheet
 */
public record Page(Findings findings, Matrix matrix, Headline headline, String css, String policy) {

  /** The verdicts, the weightiest first. */
  public static List<Verdict> verdicts() {
    return Arrays.asList(Verdict.values()).reversed();
  }

  /** What a verdict means, in a line. */
  public static String meaning(Verdict verdict) {
    return switch (verdict) {
      case VULNERABLE -> "the attack succeeded";
      case INCONCLUSIVE -> "not known";
      case RESIDUAL -> "accepted by the specification";
      case SECURE_BUT_ODD_CODE -> "refused, but otherwise than the rule says";
      case SECURE -> "refused, as it must be";
      case NOT_RUN -> "not tried";
    };
  }

  /** A sign for a verdict, so that nothing is told by colour alone. */
  public static String sign(Verdict verdict) {
    return switch (verdict) {
      case VULNERABLE -> "✗";
      case INCONCLUSIVE -> "?";
      case RESIDUAL -> "◑";
      case SECURE_BUT_ODD_CODE -> "≈";
      case SECURE -> "✓";
      case NOT_RUN -> "–";
    };
  }

  /** The name of a verdict where there is little room. */
  public static String brief(Verdict verdict) {
    return Words.brief(verdict);
  }

  /** The class of a verdict in the style sheet. */
  public static String style(Verdict verdict) {
    return "v-" + verdict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Where a recipe stands on the page: by its name, since several may play a part of one id. */
  public static String anchor(About about) {
    return "recipe-" + about.name();
  }

  /** Who can do it. */
  public static String attackers(About about) {
    return about.attackers().stream()
        .sorted()
        .map(one -> one.id() + " " + one.title())
        .collect(Collectors.joining(", "));
  }

  /** What it endangers. */
  public static String goals(About about) {
    return about.goals().stream().sorted().map(Goal::title).collect(Collectors.joining(", "));
  }

  /** What it needs of the target. */
  public static String needs(About about) {
    return about.needs().stream().sorted().map(Need::title).collect(Collectors.joining(", "));
  }

  /** All goals, in the order of the columns. */
  public static List<Goal> allGoals() {
    return Arrays.asList(Goal.values());
  }

  /** What a step is for, in a word. */
  public static String kind(Step step) {
    return switch (step.kind()) {
      case TWIN -> "done right";
      case ATTACK -> "attack";
    };
  }

  /** What a step came to: a twin that succeeded is not secure, it is as it should be. */
  public static String outcome(Step step) {
    boolean right = step.kind() == Step.Kind.TWIN && step.verdict() == Verdict.SECURE;
    return right ? "SUCCEEDED" : step.verdict().title();
  }

  /** Text of others on one line. */
  public static String line(String text) {
    return Texts.oneLine(Texts.lines(text), 2000);
  }

  /** A request as it went out. */
  public static String request(Exchange exchange) {
    return message(exchange.request(), exchange.requestFields(), exchange.requestBody());
  }

  /** What came back. */
  public static String response(Exchange exchange) {
    return message(exchange.response(), exchange.responseFields(), exchange.responseBody());
  }

  private static String message(String first, List<Map.Entry<String, String>> fields, String body) {
    StringBuilder text = new StringBuilder(line(first));
    fields.forEach(
        field ->
            text.append('\n')
                .append(line(field.getKey()))
                .append(": ")
                .append(line(field.getValue())));
    if (!body.isEmpty()) {
      text.append("\n\n").append(Texts.lines(body));
    }
    return text.toString();
  }
}
