package dev.countersign.server.config;

/** How the log is written. */
public enum LogFormat {
  /** A line for people. */
  TEXT,
  /** A JSON object on each line, for programs. */
  JSON
}
