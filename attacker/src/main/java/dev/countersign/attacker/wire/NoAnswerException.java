package dev.countersign.attacker.wire;

import java.io.IOException;

/** Nobody answered in time, or at all: what would have been answered is not known. */
public final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what happened. */
  public NoAnswerException(String message) {
    super(message);
  }

  /** Says what happened, and why. */
  public NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
