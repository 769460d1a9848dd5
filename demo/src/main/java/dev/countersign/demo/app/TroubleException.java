package dev.countersign.demo.app;

/** A step cannot be done; the person is told why. */
final class TroubleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Trouble trouble;

  TroubleException(Trouble trouble) {
    super(trouble.name());
    this.trouble = trouble;
  }

  TroubleException(Trouble trouble, Throwable cause) {
    super(trouble.name(), cause);
    this.trouble = trouble;
  }

  Trouble trouble() {
    return trouble;
  }
}
