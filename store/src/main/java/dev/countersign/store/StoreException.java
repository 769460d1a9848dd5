package dev.countersign.store;

/**
 * The store could not answer: nothing is known to have happened and nothing may be issued. Callers
 * answer {@code temporarily_unavailable} or 503.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault of the store's surroundings; the message holds no value of a request. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A refusal of the store itself, for instance because it is closed. */
  public StoreException(String message) {
    super(message);
  }
}
