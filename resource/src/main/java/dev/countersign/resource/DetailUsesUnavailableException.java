package dev.countersign.resource;

/** It cannot be said whether something was used before, so it must not be used now: answer 503. */
public final class DetailUsesUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With the reason, for the log. */
  public DetailUsesUnavailableException(String message) {
    super(message);
  }

  /** With the reason and what caused it, for the log. */
  public DetailUsesUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
