package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Server;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

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
    Form request = bare(client.push().call().form());
    play.refused(
        "all parameters in the URL, no request_uri",
        lab.browser().authorize(client.authorizationUrl(request), lab.victim()),
        "SP-5.3.2.2-3");
    UserAgent browser = lab.browser();
    URI endpoint = lab.server().need(Server.AUTHORIZATION, false);
    play.refused(
        "the same by POST",
        browser.follow(browser.post(endpoint, request, List.of())),
        "SP-5.3.2.2-3");
    if (client.client().key().isPresent()) {
      Form signed = bare(client.push().call().object(UnaryOperator.identity()).form());
      play.refused(
          "a signed request object in the URL",
          lab.browser().authorize(client.authorizationUrl(signed), lab.victim()),
          "SP-5.3.2.2-3");
    }
  }

  private static Form bare(Form pushed) {
    return pushed.without("client_assertion").without("client_assertion_type");
  }
}
