package dev.countersign.attacker.play;

import java.time.Duration;

/** How time passes until something has expired. */
@FunctionalInterface
public interface Patience {

  /**
   * Lets time pass; when this returns, the clock of the attack shows it.
   *
   * @throws InterruptedException if somebody wants the attack to end
   */
  void pass(Duration time) throws InterruptedException;

  /** Waits as long as it takes. */
  static Patience real() {
    return Thread::sleep;
  }
}
