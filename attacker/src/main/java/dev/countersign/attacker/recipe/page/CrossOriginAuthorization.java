package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A script of the attacker's that asks the authorization endpoint. */
final class CrossOriginAuthorization implements Recipe {
  private static final Map.Entry<String, String> ORIGIN =
      Map.entry("Origin", "https://attacker.invalid");

  @Override
  public About about() {
    return About.of("A1-39", "cors-authz")
        .also("ATT-21")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("SP-5.2.3-3", "no CORS at the authorization endpoint")
        .means("A script on another site reads what the authorization endpoint answers a person.")
        .change("Send no Access-Control-Allow-Origin from the authorization endpoint.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    PageStory.right(play, lab);
    URI url = lab.client().pushed().url();
    judge(play, "GET with a foreign Origin", lab.browser().get(url, List.of(ORIGIN)));
    List<Map.Entry<String, String>> preflight =
        List.of(ORIGIN, Map.entry("Access-Control-Request-Method", "GET"));
    judge(play, "a preflight", lab.browser().send("OPTIONS", url, preflight, new byte[0]));
  }

  private static void judge(Play play, String what, Answer answer) {
    boolean none = answer.header("Access-Control-Allow-Origin").isEmpty();
    play.holds(
        what, none, none ? "no Access-Control-Allow-Origin" : "it may be read", "SP-5.2.3-3");
  }
}
