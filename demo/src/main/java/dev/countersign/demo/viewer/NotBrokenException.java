package dev.countersign.demo.viewer;

/** A message could not be broken; the message is for the reader. */
final class NotBrokenException extends Exception {
  private static final long serialVersionUID = 1L;

  NotBrokenException(String message) {
    super(message);
  }

  NotBrokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
