package dev.countersign.attacker.report;

import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param end how it ended, if not by itself
 */
public record Findings(
    String issuer,
    Instant began,
    Duration took,
    int requests,
    List<Result> results,
    Optional<EarlyEnd> end) {

  /** Copies the list. */
  public Findings {
    results = List.copyOf(results);
  }

  /** Of a run that came to its end. */
  public Findings(String issuer, Instant began, Duration took, int requests, List<Result> results) {
    this(issuer, began, took, requests, results, Optional.empty());
  }

  /**
   * A run that did not come to its end.
   *
   * @param how in a word or two that begin a sentence, such as {@code Interrupted}
   * @param played how many recipes were played until then
   * @param of how many there are to play
   */
  public record EarlyEnd(String how, int played, int of) {

    /** Such as {@code Interrupted after 6 of 131 recipes}. */
    public String brief() {
      return "%s after %d of %s".formatted(how, played, Words.count(of, "recipe"));
    }
  }

  /** The same with another duration: a clock that the attack moved tells none. */
  public Findings lasting(Duration time) {
    return new Findings(issuer, began, time, requests, results, end);
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
