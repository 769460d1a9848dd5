package dev.countersign.server.config;

/**
 * The log.
 *
 * @param format how it is written
 */
public record LogConfig(LogFormat format) {
  /** What holds where nothing is said. */
  public static final LogConfig STANDARD = new LogConfig(LogFormat.TEXT);
}
