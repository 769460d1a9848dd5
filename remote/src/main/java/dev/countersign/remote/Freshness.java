package dev.countersign.remote;

import java.time.Duration;

/**
 * How long a fetched document counts.
 *
 * @param freshFor so long it is used without asking; positive
 * @param minRefetch so far apart are two attempts at least, whoever asks for them; not negative
 * @param maxStale so long after it was fetched a copy may stand in while fetching fails; at least
 *     {@code freshFor}
 */
public record Freshness(Duration freshFor, Duration minRefetch, Duration maxStale) {

  /** Refuses values out of bounds with {@link IllegalArgumentException}. */
  public Freshness {
    if (freshFor.isZero() || freshFor.isNegative()) {
      throw new IllegalArgumentException("freshFor must be positive");
    }
    if (minRefetch.isNegative()) {
      throw new IllegalArgumentException("minRefetch must not be negative");
    }
    if (maxStale.compareTo(freshFor) < 0) {
      throw new IllegalArgumentException("maxStale must be at least freshFor");
    }
  }
}
