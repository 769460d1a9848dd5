package dev.countersign.attacker.report;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Result;

/** Is told how a run goes on. */
public interface Progress {

  /** A recipe begins, the {@code number}th of {@code of}. */
  void begins(About about, int number, int of);

  /** It ended. */
  void ended(Result result, int number, int of);
}
