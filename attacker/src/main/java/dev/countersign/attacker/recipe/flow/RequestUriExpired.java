package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;

/** A {@code request_uri} after its time. */
final class RequestUriExpired implements Recipe {
  private static final int TOO_LONG = 600;

  @Override
  public About about() {
    return About.of("A1-06", "request-uri-expired")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("SP-5.3.2.2-12", "a request_uri lives less than 600 seconds")
        .means("A link that leaked stays good for as long as somebody needs to abuse it.")
        .change("Give a request_uri less than 600 seconds, and refuse it afterwards.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    play.twin("a person agrees", () -> client.coded(browser, lab.victim()));
    Pushed pushed = client.pushed();
    long seconds = pushed.expiresIn();
    String told = seconds < 0 ? "the answer has no expires_in" : "expires_in is " + seconds;
    play.should("its life is told", seconds > 0, told, "PAR-5");
    if (seconds <= 0) {
      play.unclear("its life is short", told, "SP-5.3.2.2-12");
      return;
    }
    play.holds("its life is short", seconds < TOO_LONG, told, "SP-5.3.2.2-12");
    lab.waitUntil(lab.now().plusSeconds(seconds + 1));
    play.refused(
        "used when it has expired", browser.authorize(pushed.url(), lab.victim()), "PAR-8");
  }
}
