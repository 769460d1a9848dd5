package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;

/** What most recipes here begin with. */
final class PageStory {
  private PageStory() {}

  /** The twin: a person logs in and agrees, and the browser comes back with a code. */
  static Walk right(Play play, Lab lab) throws IOException {
    return play.twin(
        "a person logs in and agrees",
        () -> {
          Walk walk = Walk.through(lab.browser(), lab.client().pushed().url(), lab.victim());
          if (!walk.isDone()) {
            throw new TwinFailedException(
                "no code came back to the client, but " + UserAgent.brief(walk.end()));
          }
          return walk;
        });
  }
}
