package dev.countersign.attacker.play;

import java.io.IOException;

/** What is right was refused, so that a refusal of what is wrong would mean nothing. */
public final class TwinFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what was refused, and how. */
  public TwinFailedException(String message) {
    super(message);
  }
}
