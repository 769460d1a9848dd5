package dev.countersign.edge;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A failure on one log line: types and places, innermost cause last. Messages are left out, because
 * Java's own often quote what could not be read, and that may be a secret.
 */
public final class FailureLine {
  private static final int MAX_CAUSES = 5;
  private static final int MAX_FRAMES = 8;

  private FailureLine() {}

  /** The line, without line ends: up to five causes, of each up to eight places. */
  public static String of(Throwable failure) {
    return Stream.iterate(
            Optional.of(failure),
            Optional::isPresent,
            cause -> cause.flatMap(c -> Optional.ofNullable(c.getCause())))
        .limit(MAX_CAUSES)
        .map(cause -> one(cause.orElseThrow()))
        .collect(Collectors.joining("; caused by "));
  }

  private static String one(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .limit(MAX_FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < ", failure.getClass().getName() + " at ", ""));
  }
}
