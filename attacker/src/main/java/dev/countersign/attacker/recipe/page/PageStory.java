package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;

/** What most recipes here begin with. */
final class PageStory {
  private PageStory() {}

  /** A request that shows every page, also to somebody who agreed to the same before. */
  static Pushed asked(Lab lab) throws IOException {
    return lab.client().push().but(call -> call.set("prompt", "consent")).pushed();
  }

  /** The twin: a person logs in and agrees, and the browser comes back with a code. */
  static Walk right(Play play, Lab lab) throws IOException {
    return right(play, lab, lab.browser());
  }

  private static Walk right(Play play, Lab lab, UserAgent browser) throws IOException {
    return play.twin(
        "a person logs in and agrees",
        () -> {
          Walk walk = Walk.through(browser, asked(lab).url(), lab.victim());
          if (!walk.isDone()) {
            throw new TwinFailedException(
                "no code came back to the client, but " + UserAgent.brief(walk.end()));
          }
          return walk;
        });
  }

  /**
   * The same, of which at least one page has a form.
   *
   * @throws NotApplicableException if the person is asked nothing
   */
  static Walk asking(Play play, Lab lab) throws IOException {
    return asking(play, lab, lab.browser());
  }

  /** The same in this browser, which is new. */
  static Walk asking(Play play, Lab lab, UserAgent browser) throws IOException {
    Walk right = right(play, lab, browser);
    if (right.forms().isEmpty()) {
      throw new NotApplicableException(
          "the server shows no page to a new browser: it gives a code without asking");
    }
    return right;
  }
}
