package dev.countersign.server.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The log.
 *
 * @param format how it is written
 * @param signedRequests the file in which signed requests are kept; empty: they are not
 */
public record LogConfig(LogFormat format, Optional<Path> signedRequests) {
  /** What holds where nothing is said. */
  public static final LogConfig STANDARD = new LogConfig(LogFormat.TEXT, Optional.empty());
}
