package dev.countersign.demo.viewer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Times as a reader sees them. */
final class Times {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private Times() {}

  /** The time of day of a number of seconds; empty for one that is no time. */
  static Optional<String> ofSecond(long second) {
    try {
      return Optional.of(CLOCK.format(Instant.ofEpochSecond(second)));
    } catch (DateTimeException outOfRange) {
      return Optional.empty();
    }
  }
}
