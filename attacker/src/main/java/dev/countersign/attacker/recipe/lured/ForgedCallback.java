package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The answer to the attacker's own flow, in the browser of somebody else. */
final class ForgedCallback implements Recipe {

  @Override
  public About about() {
    return About.of("A1-30", "csrf-callback")
        .also("ATT-16")
        .by(Attacker.A1)
        .endangers(Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER, Need.SECOND_USER)
        .stoppedBy("SP-5.3.3.2-4", "a flow belongs to the browser session that began it")
        .means("A person works at the client under the attacker's account without knowing it.")
        .change(
            "Keep state and PKCE verifier with the browser session, and take an answer in that"
                + " session alone.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    UserAgent own = lured.stopping();
    play.twin(
        "the attacker's own browser is logged in by it",
        () -> {
          Landing.Back back = lured.answered(own, lab.attacker());
          Landing at = own.follow(own.get(back.to()));
          if (lured.who(own).isEmpty()) {
            throw new dev.countersign.attacker.play.TwinFailedException(
                "nobody is logged in, and the browser is at " + UserAgent.brief(at));
          }
          return at;
        });
    visits(play, lab, lured, lured.browser(), "a browser that began no flow");
    UserAgent began = lured.browser();
    lured.begin(began, lured.app().startHonest());
    visits(play, lab, lured, began, "a browser that began a flow of its own");
    UserAgent in = lured.twinHonest(play, lab.victim());
    Optional<String> before = lured.who(in);
    in.open(lured.answered(lured.stopping(), lab.attacker()).to());
    play.holds(
        "a browser in which the victim is logged in",
        lured.who(in).equals(before),
        lured.who(in).equals(before) ? "the victim stays logged in" : "somebody else is logged in",
        "SP-5.3.3.2-4");
  }

  private static void visits(Play play, Lab lab, Lured lured, UserAgent browser, String what)
      throws IOException {
    URI forged = lured.answered(lured.stopping(), lab.attacker()).to();
    browser.open(forged);
    play.holds(what, lured.who(browser).isEmpty(), lured.found(browser), "SP-5.3.3.2-4");
  }
}
