package dev.countersign.cli.attack;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.report.Findings;
import dev.countersign.attacker.report.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Keeps what recipes came to, in case the run does not come to its end, and tells somebody else.
 * What was found may be asked by another thread.
 */
public final class SoFar implements Progress {
  private final String issuer;
  private final List<About> recipes;
  private final Instant began;
  private final Progress next;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Result> results = new ArrayList<>();

  /**
   * Nothing was played yet.
   *
   * @param recipes all that will be, in their order
   * @param next who else is told
   */
  public SoFar(String issuer, List<About> recipes, Instant began, Progress next) {
    this.issuer = issuer;
    this.recipes = List.copyOf(recipes);
    this.began = began;
    this.next = next;
  }

  @Override
  public void begins(About about, int number, int of) {
    next.begins(about, number, of);
  }

  @Override
  public void ended(Result result, int number, int of) {
    lock.lock();
    try {
      results.add(result);
    } finally {
      lock.unlock();
    }
    next.ended(result, number, of);
  }

  /** What was found until now; all others were not run, for this reason. */
  public Findings findings(Instant now, String reason) {
    lock.lock();
    try {
      Stream<Result> missing =
          recipes.stream()
              .skip(results.size())
              .map(about -> new Result(about, Verdict.NOT_RUN, reason, List.of()));
      return new Findings(
          issuer,
          began,
          Duration.between(began, now),
          requests(),
          Stream.concat(results.stream(), missing).toList());
    } finally {
      lock.unlock();
    }
  }

  private int requests() {
    return results.stream()
        .flatMap(result -> result.steps().stream())
        .mapToInt(step -> step.exchanges().size())
        .sum();
  }
}
