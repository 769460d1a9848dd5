package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;

/** Response types that bring tokens through the browser. */
final class ResponseTypes implements Recipe {
  private static final String RULE = "SP-5.3.2.2-1";

  @Override
  public About about() {
    return About.of("A1-14", "response-type")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "response_type is code")
        .means("Tokens stand in URLs, where others read them.")
        .change("Refuse every response_type but code.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("code is taken", () -> client.coded(lab.browser(), lab.victim()));
    Expected expected =
        Expected.error(RULE, "unsupported_response_type", "invalid_request").status(400);
    for (String type :
        List.of(
            "token",
            "id_token",
            "code id_token",
            "code token",
            "id_token token",
            "code id_token token",
            "none",
            "CODE")) {
      Push push = client.attacking().push().but(call -> call.set("response_type", type));
      Flows.refusedAtLast(play, lab, type, push, expected);
    }
    // The same response, whichever way it is read.
    Answer twice =
        client.attacking().push().but(call -> call.set("response_type", "code code")).send();
    play.should(
        "code code",
        twice.status() >= 400 && twice.status() < 500,
        "answered " + twice.brief(),
        RULE);
    Push without = client.attacking().push().but(call -> call.drop("response_type"));
    Flows.refusedAtLast(play, lab, "no response_type", without, expected);
  }
}
