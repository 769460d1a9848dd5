package dev.countersign.resource;

/** It cannot be said whether a proof was used before. The request is refused with 503. */
public final class ProofReplaysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, without any value of the request. */
  public ProofReplaysUnavailableException(String message) {
    super(message);
  }

  /** As above, with what caused it. */
  public ProofReplaysUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
