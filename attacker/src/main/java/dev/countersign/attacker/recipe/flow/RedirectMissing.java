package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;

/** A request without a redirect URI. */
final class RedirectMissing implements Recipe {
  private static final String RULE = "SP-5.3.2.2-6";

  @Override
  public About about() {
    return About.of("A1-09", "redirect-missing")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT)
        .stoppedBy(RULE, "redirect_uri is required in every pushed request")
        .means("The server chooses where a code goes; the client does not say what it expects.")
        .change("Refuse a pushed request without redirect_uri, also with a single one registered.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("the same with its redirect URI is taken", client::pushed);
    Expected expected = Expected.error(RULE, "invalid_request").status(400);
    play.refused(
        "without redirect_uri",
        client.attacking().push().but(call -> call.drop("redirect_uri")).send(),
        expected);
    play.refused(
        "with an empty redirect_uri",
        client.attacking().push().but(call -> call.set("redirect_uri", "")).send(),
        expected);
  }
}
