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
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Keeps what recipes came to, in case the run does not come to its end, and tells somebody else
 * until it is ended early. That, and what was found, may be asked by another thread.
 */
public final class SoFar implements Progress {
  private final String issuer;
  private final Chosen chosen;
  private final List<About> recipes;
  private final Instant began;
  private final Progress next;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Result> results = new ArrayList<>();
  private boolean ended;

  /**
   * Nothing was played yet.
   *
   * @param chosen the recipes that will be
   * @param next who else is told
   */
  public SoFar(String issuer, Chosen chosen, Instant began, Progress next) {
    this.issuer = issuer;
    this.chosen = chosen;
    this.recipes = chosen.played();
    this.began = began;
    this.next = next;
  }

  @Override
  public void begins(About about, int number, int of) {
    lock.lock();
    try {
      if (!ended) {
        next.begins(about, number, of);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void ended(Result result, int number, int of) {
    lock.lock();
    try {
      if (!ended) {
        results.add(result);
        next.ended(result, number, of);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was found until now; all others were not run. Nobody is told of anything from now on: what
   * is being printed is printed, or it would stand between the lines of the report.
   *
   * @param how it ended, in a word or two, such as {@code Interrupted}
   * @param reason why others were not run
   */
  public Findings endEarly(Instant now, String how, String reason) {
    lock.lock();
    try {
      ended = true;
      Stream<Result> missing =
          recipes.stream()
              .skip(results.size())
              .map(about -> new Result(about, Verdict.NOT_RUN, reason, List.of()));
      return new Findings(
          issuer,
          began,
          Duration.between(began, now),
          requests(),
          Stream.of(results.stream(), missing, unplayed()).flatMap(one -> one).toList(),
          Optional.of(new Findings.EarlyEnd(how, results.size(), recipes.size())));
    } finally {
      lock.unlock();
    }
  }

  /** As a run that comes to its end tells them. */
  private Stream<Result> unplayed() {
    return chosen.ids().isEmpty() ? chosen.unplayed().stream() : Stream.of();
  }

  private int requests() {
    return results.stream()
        .flatMap(result -> result.steps().stream())
        .mapToInt(step -> step.exchanges().size())
        .sum();
  }
}
