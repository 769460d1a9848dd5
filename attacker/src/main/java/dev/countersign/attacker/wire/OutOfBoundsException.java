package dev.countersign.attacker.wire;

import java.io.IOException;

/** A request was not sent, because the target file does not allow it. */
public final class OutOfBoundsException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says which bound. */
  public OutOfBoundsException(String message) {
    super(message);
  }
}
