package dev.countersign.store.sql;

import java.time.Instant;

/**
 * How an {@link Instant} is stored: nanoseconds since 1970 in a signed 64-bit integer. That is
 * exact for every instant from 1677-09-21T00:12:44Z to 2262-04-11T23:47:16Z, so a boundary is never
 * moved by rounding; what lies outside counts as the end of that range.
 */
final class Nanos {

  /** Later than every instant that is judged: something that ends for another reason. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long PER_SECOND = 1_000_000_000L;
  private static final long LAST_SECOND = Long.MAX_VALUE / PER_SECOND;

  private Nanos() {}

  /** The stored form. */
  static long of(Instant instant) {
    if (instant.getEpochSecond() >= LAST_SECOND) {
      return NEVER;
    }
    if (instant.getEpochSecond() < -LAST_SECOND) {
      return Long.MIN_VALUE;
    }
    return instant.getEpochSecond() * PER_SECOND + instant.getNano();
  }

  /** The stored form of the first instant after the given one. */
  static long after(Instant instant) {
    long nanos = of(instant);
    return nanos == NEVER ? NEVER : nanos + 1;
  }

  /** The instant behind a stored form. */
  static Instant toInstant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }
}
