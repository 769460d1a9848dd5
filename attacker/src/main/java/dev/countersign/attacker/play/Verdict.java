package dev.countersign.attacker.play;

/** What came of a recipe, or of one step of it; the later, the more it weighs. */
public enum Verdict {
  /** Not tried: the target file does not offer what it needs, or the server does not. */
  NOT_RUN("NOT RUN"),
  /** Refused, as the specification says. */
  SECURE("SECURE"),
  /** Refused, but with another status or error code than the specification names. */
  SECURE_BUT_ODD_CODE("SECURE BUT ODD CODE"),
  /** Possible, and accepted by the specification: the section is named. */
  RESIDUAL("RESIDUAL"),
  /** Not known: the positive twin did not succeed, or there was no answer. */
  INCONCLUSIVE("INCONCLUSIVE"),
  /** The attack succeeded. */
  VULNERABLE("VULNERABLE");

  private final String title;

  Verdict(String title) {
    this.title = title;
  }

  /** The name, as a report says it. */
  public String title() {
    return title;
  }

  /** The weightier of two. */
  public Verdict or(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
