package dev.countersign.cli.operator;

/** The server did not do what it was asked; the message says what it answered. */
public final class NotDoneException extends Exception {
  private static final long serialVersionUID = 1L;

  NotDoneException(String message) {
    super(message);
  }
}
