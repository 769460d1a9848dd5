package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came of a run.
 *
 * @param issuer whom it was against
 * @param began when
 * @param took how long
 * @param requests how many were sent
 * @param results of every recipe, in the order of the run
 */
public record Findings(
    String issuer, Instant began, Duration took, int requests, List<Result> results) {

  /** Copies the list. */
  public Findings {
    results = List.copyOf(results);
  }

  /** How many recipes ended so. */
  public long count(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }
}
