package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** The same with another duration: a clock that the attack moved tells none. */
  public Findings lasting(Duration time) {
    return new Findings(issuer, began, time, requests, results);
  }

  /** How many recipes ended so. */
  public long count(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).count();
  }

  /** The recipes that ended so, in the order of the run. */
  public List<Result> ended(Verdict verdict) {
    return results.stream().filter(result -> result.verdict() == verdict).toList();
  }

  /** What somebody should look at, the weightiest first: all but what is secure or was not run. */
  public List<Result> notSecure() {
    return Stream.of(Verdict.VULNERABLE, Verdict.INCONCLUSIVE, Verdict.SECURE_BUT_ODD_CODE)
        .flatMap(verdict -> ended(verdict).stream())
        .toList();
  }

  /** The recipes in which the specification accepts a step that succeeded. */
  public List<Result> residual() {
    return results.stream().filter(result -> !result.steps(Verdict.RESIDUAL).isEmpty()).toList();
  }

  /** The recipes that were not run, by the reason, in the order of the run. */
  public Map<String, List<Result>> notRun() {
    return ended(Verdict.NOT_RUN).stream()
        .collect(Collectors.groupingBy(Result::reason, LinkedHashMap::new, Collectors.toList()));
  }
}
