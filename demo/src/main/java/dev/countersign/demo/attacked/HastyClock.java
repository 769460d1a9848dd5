package dev.countersign.demo.attacked;

import dev.countersign.attacker.play.Patience;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The real time, which jumps ahead when somebody wants to wait: all that share it see the same. May
 * be used by any thread.
 */
public final class HastyClock implements InstantSource, Patience {
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead.get());
  }

  @Override
  public void pass(Duration time) {
    ahead.accumulateAndGet(time, Duration::plus);
  }
}
