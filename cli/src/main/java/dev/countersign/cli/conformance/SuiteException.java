package dev.countersign.cli.conformance;

/** The suite cannot be used; the message is what the person reads. */
public final class SuiteException extends Exception {
  private static final long serialVersionUID = 1L;

  SuiteException(String message) {
    super(message);
  }

  SuiteException(String message, Throwable cause) {
    super(message, cause);
  }
}
