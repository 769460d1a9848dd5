package dev.countersign.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Safe for any number of threads. */
public final class TestClock implements InstantSource {
  private final AtomicReference<Instant> now;

  /** Stands at {@code start}. */
  public TestClock(Instant start) {
    this.now = new AtomicReference<>(start);
  }

  /** Stands at some time that no test depends on. */
  public TestClock() {
    this(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Time passes, or goes back if it is less than nothing. */
  public void advance(Duration by) {
    now.updateAndGet(then -> then.plus(by));
  }
}
