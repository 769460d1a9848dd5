package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Step;
import dev.countersign.attacker.play.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and steps, for people. */
public final class Words {
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Words() {}

  /** A number with its noun, such as {@code 1 request} and {@code 2 requests}. */
  public static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** A time, such as {@code 4.2 s} and {@code 3 min 20 s}. */
  public static String duration(Duration time) {
    if (time.toMinutes() > 0) {
      return time.toMinutes() + " min " + time.toSecondsPart() + " s";
    }
    return time.toMillisPart() == 0
        ? time.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /** When, such as {@code 1 May 2026, 09:30 UTC}. */
  public static String moment(Instant at) {
    return DAY_AND_TIME.format(at) + " UTC";
  }

  /** The name of a verdict where there is little room. */
  static String brief(Verdict verdict) {
    return verdict == Verdict.SECURE_BUT_ODD_CODE ? "ODD CODE" : verdict.title();
  }

  /** What was done, what was seen, and the rule. */
  static String found(Step step) {
    String rule = step.rule().isEmpty() ? "" : " (" + step.rule() + ")";
    return step.what() + ": " + step.found() + rule;
  }
}
