package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;

/** A preview of a link, by a program that shows it before a person opens it. */
final class Prefetch implements Recipe {
  private static final String RULE = "SP-5.3.2.2-N3";

  @Override
  public About about() {
    return About.of("A3-04", "prefetch")
        .by(Attacker.A3A)
        .endangers(Goal.BEYOND)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "opening a request does not use it up")
        .means("Chat programs and scanners that look at links make logins fail.")
        .change("Use a request_uri up when a person answers, not when the page is loaded.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    for (String method : List.of("HEAD", "GET")) {
      Pushed pushed = client.pushed();
      Answer preview = lab.browser().send(method, pushed.url(), List.of(), new byte[0]);
      lab.browser().follow(preview);
      Landing real = lab.browser().authorize(pushed.url(), lab.victim());
      play.should(
          "a person, after a preview by " + method,
          Flows.code(real).isPresent(),
          Flows.code(real).isPresent()
              ? "the browser came back with a code"
              : "the browser " + Flows.brief(real),
          RULE);
    }
  }
}
