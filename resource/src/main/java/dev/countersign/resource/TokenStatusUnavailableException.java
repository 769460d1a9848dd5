package dev.countersign.resource;

/** It cannot be said whether a token still stands. The request is refused with 503. */
public final class TokenStatusUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, without any value of the request. */
  public TokenStatusUnavailableException(String message) {
    super(message);
  }

  /** As above, with what caused it. */
  public TokenStatusUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
