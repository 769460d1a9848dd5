package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.util.List;

/**
 * A flow in the name of an honest client, with a PKCE challenge whose verifier the attacker has.
 */
final class ChosenChallenge implements Recipe {

  @Override
  public About about() {
    return About.of("ATT-09", "chosen-challenge")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("SP-5.3.2.1-3", "there are confidential clients alone, and they authenticate")
        .means("Whoever catches a code redeems it, because the verifier is the attacker's own.")
        .change("Register no public clients; demand client authentication at every endpoint.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    play.refused(
        "a challenge of the attacker, pushed in the client's name without authentication",
        client.attacking().push().but(FormCall::unauthenticated).send(),
        Expected.invalidClient("SP-5.3.2.2-4"));
    play.refused(
        "a caught code with its right verifier, without authentication",
        client.attacking().redeem(coded).unauthenticated().set("client_id", client.id()).send(),
        Expected.invalidClient("SP-5.3.2.1-3"));
    List<String> methods = lab.server().strings("token_endpoint_auth_methods_supported");
    play.should(
        "no client authenticates by nothing",
        !methods.contains("none"),
        "the metadata has " + String.join(", ", methods),
        "SP-5.3.2.1-3");
  }
}
