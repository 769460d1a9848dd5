package dev.countersign.attacker.play;

import java.io.IOException;

/** The recipe does not apply to this target, which was not to be seen from the target file. */
public final class NotApplicableException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says why. */
  public NotApplicableException(String message) {
    super(message);
  }
}
