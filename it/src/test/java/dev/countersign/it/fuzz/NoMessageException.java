package dev.countersign.it.fuzz;

/** Nobody gets such a message over a connection: whatever fails later is a fault of the reader. */
final class NoMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  NoMessageException(IllegalArgumentException cause) {
    super(cause.getMessage(), cause);
  }
}
