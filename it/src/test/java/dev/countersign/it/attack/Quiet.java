package dev.countersign.it.attack;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.report.Progress;

/** Says nothing. */
final class Quiet implements Progress {
  @Override
  public void begins(About about, int number, int of) {}

  @Override
  public void ended(Result result, int number, int of) {}
}
