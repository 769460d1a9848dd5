package dev.countersign.attacker.wire;

import dev.countersign.attacker.deployment.Bounds;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Holds the attack to its {@link Bounds}. May be used by any thread. */
final class Pace {
  private final Bounds bounds;
  private final long gap;
  private final AtomicInteger sent = new AtomicInteger();
  private final ReentrantLock turn = new ReentrantLock();
  private long next = System.nanoTime();

  Pace(Bounds bounds) {
    this.bounds = bounds;
    this.gap = Duration.ofSeconds(1).toNanos() / bounds.requestsPerSecond();
  }

  /**
   * Waits until one more request may be sent there.
   *
   * @throws OutOfBoundsException if it may not be sent at all
   */
  void admit(URI url) throws OutOfBoundsException {
    if (!bounds.allow().contains(Fields.authority(url))) {
      throw new OutOfBoundsException(
          Fields.authority(url) + " is not in the list of allowed hosts (key allow)");
    }
    if (!Burst.admits()) {
      reserve(1);
    }
  }

  /**
   * Waits until so many requests may be sent, all at the same moment. Whoever comes next waits as
   * long as if they had been sent one after the other.
   *
   * @throws OutOfBoundsException if they may not be sent at all
   */
  void reserve(int requests) throws OutOfBoundsException {
    if (sent.addAndGet(requests) > bounds.maxRequests()) {
      throw new OutOfBoundsException(
          "the bound of " + bounds.maxRequests() + " requests is reached (key max_requests)");
    }
    long until = slot(requests);
    for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /** Those were reserved and not sent after all. */
  void giveBack(int requests) {
    sent.addAndGet(-requests);
  }

  /** Nobody waits longer for a slot than those before need. */
  private long slot(int requests) {
    turn.lock();
    try {
      long mine = Math.max(next, System.nanoTime());
      next = mine + requests * gap;
      return mine;
    } finally {
      turn.unlock();
    }
  }

  int sent() {
    return sent.get();
  }
}
