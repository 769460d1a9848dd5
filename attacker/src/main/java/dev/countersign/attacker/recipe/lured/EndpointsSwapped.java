package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.edge.HttpResponse;
import java.io.IOException;
import java.net.URI;

/**
 * Metadata of the attacker's server that mixes in endpoints of the target, or changes during a
 * flow.
 */
final class EndpointsSwapped implements Recipe {

  @Override
  public About about() {
    return About.of("A5-01", "endpoint-swap")
        .also("ATT-03")
        .by(Attacker.A1A, Attacker.A4)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("SP-5.3.3.2-5", "requests are pushed to the same server, and iss is compared")
        .means("A code of the honest server goes to the attacker's token endpoint.")
        .change(
            "Use the endpoints of one metadata document for a flow, push every request, and compare"
                + " iss.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    authorization(play, lab, lured);
    token(play, lab, lured);
  }

  private static void authorization(Play play, Lab lab, Lured lured) throws IOException {
    HostileServer hostile = lured.hostile();
    String what = "the authorization endpoint is the target's";
    URI honest = lab.server().need(Server.AUTHORIZATION, false);
    int asked = hostile.asked();
    int before = hostile.redemptions().size();
    hostile.play(Script.metadata("authorization_endpoint", honest.toString()));
    UserAgent browser = lured.browser();
    Landing at = browser.authorize(lured.app().startHostile(), lab.victim());
    hostile.play(Script.RIGHT);
    if (hostile.asked() == asked) {
      play.unclear(what, "the client did not fetch the metadata again", "SP-5.3.3.2-5");
      return;
    }
    boolean silent = hostile.redemptions().size() == before;
    play.holds(
        what,
        silent && lured.who(browser).isEmpty(),
        silent
            ? "no code reached the attacker; " + UserAgent.brief(at)
            : "a code reached the attacker",
        "SP-5.3.3.2-5");
  }

  /** A client must not carry code and assertion on to wherever a token endpoint points. */
  private static void token(Play play, Lab lab, Lured lured) throws IOException {
    String elsewhere = "/elsewhere-" + lab.random128();
    URI to = lab.listener().at(elsewhere);
    lab.listener()
        .serve(HostileServer.TOKEN, _ -> HttpResponse.empty(307).with("Location", to.toString()));
    UserAgent browser = lured.browser();
    browser.authorize(lured.app().startHostile(), lab.victim());
    boolean followed = !lab.listener().received(elsewhere).isEmpty();
    play.holds(
        "the token endpoint points elsewhere (307)",
        !followed && lured.who(browser).isEmpty(),
        followed ? "code and authentication were sent there" : "nothing was sent there",
        "SP-5.3.3.1-9");
  }
}
