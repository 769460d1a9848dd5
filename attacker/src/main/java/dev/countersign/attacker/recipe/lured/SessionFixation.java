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

/** A flow that the attacker began, and somebody else ends. */
final class SessionFixation implements Recipe {

  @Override
  public About about() {
    return About.of("ATT-24", "client-session-fixation")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("SP-5.3.3.2-4", "who ends a flow must be the browser that began it")
        .means("The attacker's session at the client is linked to the resources of the victim.")
        .change("Take an answer only in the browser session in which the flow began.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHonest(play, lab.victim());
    ends(play, lab, lured, lured.browser(), "a person who was never at the client");
    UserAgent began = lured.browser();
    lured.begin(began, lured.app().startHonest());
    ends(play, lab, lured, began, "a person who began a flow of their own");
  }

  private static void ends(Play play, Lab lab, Lured lured, UserAgent victim, String who)
      throws IOException {
    UserAgent attacker = lured.browser();
    URI link = lured.begin(attacker, lured.app().startHonest());
    Landing at = victim.authorize(link, lab.victim());
    String what = who + " follows a link to a flow that the attacker began, and agrees";
    String callback = lured.app().callbackHonest().toString();
    if (!(at instanceof Landing.Shown shown)
        || !(shown.page().isSuccess() || shown.page().url().toString().startsWith(callback))) {
      play.unclear(
          what,
          "the browser did not come back to the client: " + UserAgent.brief(at),
          "SP-5.3.3.2-4");
      return;
    }
    play.holds(what, lured.who(victim).isEmpty(), lured.found(victim), "SP-5.3.3.2-4");
    play.holds(
        "the session of the attacker is nobody's afterwards",
        lured.who(attacker).isEmpty(),
        lured.found(attacker),
        "SP-5.3.3.2-4");
  }
}
