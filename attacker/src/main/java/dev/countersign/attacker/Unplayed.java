package dev.countersign.attacker;

import dev.countersign.attacker.play.Result;
import java.util.List;

/** What the catalogues have and no recipe plays, with the reason. */
final class Unplayed {
  private Unplayed() {}

  /** As results that were not run. */
  static List<Result> results() {
    return List.of();
  }
}
