package dev.countersign.edge;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests under way on one connection, which is closed only while there are none: either a
 * request is let in, or the connection ends, whichever came first. Safe for any number of threads.
 */
final class Occupancy {
  private static final int ENDED = -1;

  private final AtomicInteger requests = new AtomicInteger();

  /** Lets a request in; false if the connection has ended. */
  boolean enter() {
    return requests.getAndUpdate(now -> now == ENDED ? ENDED : now + 1) != ENDED;
  }

  /** A request that was let in is over. */
  void leave() {
    requests.decrementAndGet();
  }

  /** Lets no more requests in if there are none now; whether that is so. */
  boolean endIfEmpty() {
    return requests.compareAndSet(0, ENDED);
  }
}
