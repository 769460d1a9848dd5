package dev.countersign.edge;

import java.time.Duration;

/**
 * The bounds that hold whatever a client does.
 *
 * @param maxBody bytes of a body; one more is 413
 * @param maxHeaders bytes of request line and header fields; more is 431
 * @param maxConnections open connections; one more waits until another ends
 * @param idle how long a connection may be silent
 * @param head how long beyond {@code idle} a connection may take for the head of its next request,
 *     so that one byte at a time is no way to stay
 * @param body how long a whole body may take, so that one byte at a time is no way to stay
 * @param stop how long requests under way may take when the server stops
 */
record Limits(
    int maxBody,
    int maxHeaders,
    int maxConnections,
    Duration idle,
    Duration head,
    Duration body,
    Duration stop) {
  private static final int MAX_BODY = 16 * 1024 * 1024;
  private static final int MIN_HEADERS = 8 * 1024;
  private static final int MAX_HEADERS = 128 * 1024;
  private static final int MAX_CONNECTIONS = 1_000_000;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  static final Limits DEFAULT =
      new Limits(
          64 * 1024,
          16 * 1024,
          4096,
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  Limits {
    requireRange("maxBody", "bytes", maxBody, 0, MAX_BODY);
    requireRange("maxHeaders", "bytes", maxHeaders, MIN_HEADERS, MAX_HEADERS);
    requireRange("maxConnections", "connections", maxConnections, 1, MAX_CONNECTIONS);
    requireShort("idleTimeout", idle);
    requireShort("headTimeout", head);
    requireShort("bodyTimeout", body);
    requireShort("stopTimeout", stop);
  }

  Limits withMaxBody(int bytes) {
    return new Limits(bytes, maxHeaders, maxConnections, idle, head, body, stop);
  }

  Limits withMaxHeaders(int bytes) {
    return new Limits(maxBody, bytes, maxConnections, idle, head, body, stop);
  }

  Limits withHeadersOfAtLeast(int bytes) {
    return withMaxHeaders(Math.max(bytes, maxHeaders));
  }

  Limits withMaxConnections(int number) {
    return new Limits(maxBody, maxHeaders, number, idle, head, body, stop);
  }

  Limits withIdle(Duration time) {
    return new Limits(maxBody, maxHeaders, maxConnections, time, head, body, stop);
  }

  Limits withHead(Duration time) {
    return new Limits(maxBody, maxHeaders, maxConnections, idle, time, body, stop);
  }

  Limits withBody(Duration time) {
    return new Limits(maxBody, maxHeaders, maxConnections, idle, head, time, stop);
  }

  Limits withStop(Duration time) {
    return new Limits(maxBody, maxHeaders, maxConnections, idle, head, body, time);
  }

  /** How long a connection may be without a request under way, however steadily bytes drip. */
  Duration betweenRequests() {
    return idle.plus(head);
  }

  private static void requireRange(String name, String unit, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s must be %d to %d %s, not %d".formatted(name, min, max, unit, value));
    }
  }

  private static void requireShort(String name, Duration value) {
    if (!value.isPositive() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be more than nothing and at most %s, not %s".formatted(name, LONGEST, value));
    }
  }
}
