package dev.countersign.edge;

import java.time.Duration;

/**
 * The bounds that hold whatever a client does.
 *
 * @param maxBody bytes of a body; one more is 413
 * @param maxHeaders bytes of request line and header fields; more is 431
 * @param idle how long a connection may be silent
 * @param body how long a whole body may take, so that one byte at a time is no way to stay
 * @param stop how long requests under way may take when the server stops
 */
record Limits(int maxBody, int maxHeaders, Duration idle, Duration body, Duration stop) {
  private static final int MAX_BODY = 16 * 1024 * 1024;
  private static final int MIN_HEADERS = 8 * 1024;
  private static final int MAX_HEADERS = 128 * 1024;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  static final Limits DEFAULT =
      new Limits(
          64 * 1024,
          16 * 1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  Limits {
    requireRange("maxBody", maxBody, 0, MAX_BODY);
    requireRange("maxHeaders", maxHeaders, MIN_HEADERS, MAX_HEADERS);
    requireShort("idleTimeout", idle);
    requireShort("bodyTimeout", body);
    requireShort("stopTimeout", stop);
  }

  Limits withMaxBody(int bytes) {
    return new Limits(bytes, maxHeaders, idle, body, stop);
  }

  Limits withMaxHeaders(int bytes) {
    return new Limits(maxBody, bytes, idle, body, stop);
  }

  Limits withIdle(Duration time) {
    return new Limits(maxBody, maxHeaders, time, body, stop);
  }

  Limits withBody(Duration time) {
    return new Limits(maxBody, maxHeaders, idle, time, stop);
  }

  Limits withStop(Duration time) {
    return new Limits(maxBody, maxHeaders, idle, body, time);
  }

  private static void requireRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d bytes, not %d".formatted(name, min, max, value));
    }
  }

  private static void requireShort(String name, Duration value) {
    if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be more than nothing and at most %s, not %s".formatted(name, LONGEST, value));
    }
  }
}
