package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Verdict;

/**
 * A run in one sentence.
 *
 * @param verdict VULNERABLE, INCONCLUSIVE, SECURE, or NOT_RUN if nothing was; never SECURE of a run
 *     that did not come to its end
 * @param text the sentence
 */
public record Headline(Verdict verdict, String text) {

  /** That of a run. */
  public static Headline of(Findings findings) {
    Headline found = found(findings);
    return findings
        .end()
        .map(
            end ->
                new Headline(
                    found.verdict().or(Verdict.INCONCLUSIVE), end.brief() + ". " + found.text()))
        .orElse(found);
  }

  private static Headline found(Findings findings) {
    long vulnerable = findings.count(Verdict.VULNERABLE);
    long inconclusive = findings.count(Verdict.INCONCLUSIVE);
    if (vulnerable > 0) {
      return new Headline(Verdict.VULNERABLE, Words.count(vulnerable, "attack") + " succeeded.");
    }
    if (inconclusive > 0) {
      return new Headline(
          Verdict.INCONCLUSIVE,
          "No attack succeeded, but of " + inconclusive + " it is not known.");
    }
    return findings.count(Verdict.NOT_RUN) == findings.results().size()
        ? new Headline(Verdict.NOT_RUN, "No attack was tried.")
        : new Headline(Verdict.SECURE, "No attack succeeded.");
  }
}
