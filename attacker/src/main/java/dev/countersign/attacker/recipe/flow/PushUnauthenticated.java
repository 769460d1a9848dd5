package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;

/** A request that somebody pushes who cannot authenticate as the client. */
final class PushUnauthenticated implements Recipe {

  @Override
  public About about() {
    return About.of("A1-02", "par-unauth")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT)
        .stoppedBy("SP-5.3.2.2-4", "clients authenticate at the PAR endpoint")
        .means(
            "Anybody can begin a flow in the name of the client, with a PKCE challenge of theirs.")
        .change("Demand client authentication at the PAR endpoint, as at the token endpoint.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("the client pushes a request", client::pushed);
    play.refused(
        "the same without authentication",
        client.attacking().push().but(FormCall::unauthenticated).send(),
        Expected.invalidClient("SP-5.3.2.2-4"));
    if (Need.SECOND_CLIENT.isMet(lab.target(), lab.server())) {
      Caller other = lab.secondClient();
      play.refused(
          "by another client, in the name of this one",
          other.attacking().push().but(call -> call.set("client_id", client.id())).send(),
          Expected.error("PAR-2", "invalid_client", "invalid_request").status(400, 401));
    }
  }
}
