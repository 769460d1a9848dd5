package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;

/** Metadata of the attacker's server that claims to be the target's. */
final class ForeignIssuer implements Recipe {

  @Override
  public About about() {
    return About.of("A1-28", "issuer-mismatch")
        .also("ATT-32")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("SP-5.3.3.1-11", "the issuer in the metadata is the one that was asked for")
        .means("The client takes the attacker's endpoints for those of the honest server.")
        .change(
            "Stop when the issuer in the metadata is not that of the URL (RFC 8414 section 3.3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    variant(
        play,
        lab,
        lured,
        "the issuer is the target's",
        Script.metadata("issuer", lab.server().issuer().value()),
        true);
    variant(
        play,
        lab,
        lured,
        "there is no issuer",
        Script.metadata(right -> right.without("issuer")),
        false);
    variant(
        play,
        lab,
        lured,
        "the issuer has a slash more",
        Script.metadata("issuer", lured.hostile().issuer() + "/"),
        false);
    lured.twinHostile(play);
  }

  private static void variant(
      Play play, Lab lab, Lured lured, String what, Script script, boolean harms)
      throws IOException {
    HostileServer hostile = lured.hostile();
    int asked = hostile.asked();
    int before = hostile.pushes().size();
    hostile.play(script);
    lured.browser().authorize(lured.app().startHostile(), lab.victim());
    hostile.play(Script.RIGHT);
    int pushed = hostile.pushes().size() - before;
    String found = pushed == 0 ? "the client began no flow" : "the client began a flow";
    if (hostile.asked() == asked) {
      play.unclear(what, "the client did not fetch the metadata again", "SP-5.3.3.1-11");
    } else if (harms) {
      play.holds(what, pushed == 0, found, "SP-5.3.3.1-11");
    } else {
      play.should(what, pushed == 0, found, "SP-5.3.3.1-11");
    }
  }
}
