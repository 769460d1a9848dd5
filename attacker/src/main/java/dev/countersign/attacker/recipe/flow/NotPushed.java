package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.http.Form;
import java.io.IOException;

/** A request at the authorization endpoint that was never pushed. */
final class NotPushed implements Recipe {

  @Override
  public About about() {
    return About.of("A1-01", "no-par")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("SP-5.3.2.2-3", "requests are pushed, and no others are taken")
        .means(
            "Whoever can make a link can make a request in a client's name, with parameters of"
                + " their own choice.")
        .change("Refuse every authorization request that has no request_uri of the PAR endpoint.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin(
        "the same request is taken when it is pushed",
        () -> client.coded(lab.browser(), lab.victim()));
    Form request = client.push().call().form();
    play.refused(
        "all parameters in the URL, no request_uri",
        lab.browser()
            .open(
                client.authorizationUrl(
                    request.without("client_assertion").without("client_assertion_type"))),
        "SP-5.3.2.2-3");
  }
}
