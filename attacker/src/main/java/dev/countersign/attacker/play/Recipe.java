package dev.countersign.attacker.play;

import java.io.IOException;

/** One attack. Without state: it may be played any number of times. */
public interface Recipe {

  /** Its card. */
  About about();

  /**
   * Plays it: first what is right and must succeed, then what must be refused.
   *
   * @throws TwinFailedException if what is right did not succeed
   * @throws NotApplicableException if it turns out that it does not apply
   * @throws IOException if there is no answer, or the bounds of the target file end it
   */
  void play(Play play, Lab lab) throws IOException;
}
