package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Lab;

/** Finds another client than one at hand. */
final class Others {
  private Others() {}

  /** The first other client, with a key of its own. */
  static Caller than(Caller client, Lab lab) {
    return lab.caller(0, one -> !one.id().equals(client.client().id())).withKey(lab.newKey());
  }
}
