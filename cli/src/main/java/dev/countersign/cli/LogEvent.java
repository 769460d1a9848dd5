package dev.countersign.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.countersign.edge.FailureLine;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.KeyValuePair;

/** What both forms of the log say of an event. */
final class LogEvent {
  private LogEvent() {}

  /** When it was, ISO 8601 in UTC with milliseconds. */
  static String time(ILoggingEvent event) {
    Instant time = Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS);
    String text = time.toString();
    // Instant leaves out a fraction of nothing; columns and programs want it always there.
    return text.length() == "2026-01-01T00:00:00Z".length() ? text.replace("Z", ".000Z") : text;
  }

  /** Its key-value pairs, in order. */
  static List<KeyValuePair> fields(ILoggingEvent event) {
    return Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of());
  }

  /** What broke, by types and places: messages of exceptions quote input. */
  static Optional<String> failure(ILoggingEvent event) {
    return Optional.ofNullable(event.getThrowableProxy()).map(LogEvent::failure);
  }

  private static String failure(IThrowableProxy failure) {
    return failure instanceof ThrowableProxy ours
        ? FailureLine.of(ours.getThrowable())
        : failure.getClassName();
  }
}
