package dev.countersign.demo.app;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that the person allowed.
 *
 * @param title what it lets the application do
 * @param state whether it still does, as the bank says
 * @param since when it was allowed, if the bank says so
 */
public record GrantLine(String title, State state, Optional<Instant> since) {

  /** Whether it still holds. */
  public enum State {
    /** It does. */
    STANDS,
    /** It was ended, or is over. */
    ENDED,
    /** The bank has no name for it by which it could be asked. */
    UNKNOWN
  }
}
