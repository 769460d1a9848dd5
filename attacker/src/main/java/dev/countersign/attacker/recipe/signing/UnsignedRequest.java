package dev.countersign.attacker.recipe.signing;

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
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.util.Set;

/** Requests without a signature, of a client that signs all of them. */
final class UnsignedRequest implements Recipe {
  private static final String RULE = "MS-5.3.1-1";
  private static final Set<String> AUTHENTICATION =
      Set.of("client_id", "client_assertion", "client_assertion_type");

  @Override
  public About about() {
    return About.of("S-01", "jar-unsigned")
        .also("ATT-61")
        .by(Attacker.A1, Attacker.A2)
        .endangers(Goal.NON_REPUDIATION, Goal.SESSION_INTEGRITY)
        .needs(Need.SIGNED_REQUESTS, Need.USER)
        .stoppedBy(RULE, "a client that signs its requests is believed nothing unsigned")
        .means("The client can deny what was asked in its name, and be blamed for what it did not.")
        .change("Refuse every request of such a client that is no signed request object.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.signingRequests();
    play.twin("the client pushes a signed request", client::pushed);
    Expected plain = Expected.error(RULE, "invalid_request").status(400);
    Expected none = Expected.error(RULE, "invalid_request", "invalid_request_object").status(400);
    play.refused("plain parameters", client.attacking().push().but(FormCall::plain).send(), plain);
    play.refused(
        "plain parameters and an empty request object",
        client.attacking().push().but(call -> call.plain().beside("request", "")).send(),
        none);
    play.refused(
        "nothing but authentication", nothing(client.attacking().push().call()).send(), plain);
    play.refused(
        "a request object of alg none",
        client
            .attacking()
            .push()
            .but(call -> call.object(jwt -> jwt.header("alg", "none").signedBy(_ -> new byte[0])))
            .send(),
        Expected.error(RULE, "invalid_request_object").status(400));
    notPushed(play, lab, client);
  }

  private static FormCall nothing(FormCall call) {
    call.plain().form().names().stream()
        .filter(name -> !AUTHENTICATION.contains(name))
        .forEach(call::drop);
    return call;
  }

  /** The authorization endpoint takes no request that was not pushed, signed or not. */
  private static void notPushed(Play play, Lab lab, Caller client) throws IOException {
    Form plain = client.push().call().plain().unauthenticated().form();
    play.refused(
        "plain parameters at the authorization endpoint",
        lab.browser().authorize(client.authorizationUrl(plain), lab.victim()),
        "SP-5.3.2.2-3");
    FormCall signed = client.push().call().unauthenticated();
    play.refused(
        "a signed request object at the authorization endpoint",
        lab.browser().authorize(client.authorizationUrl(signed.form()), lab.victim()),
        "SP-5.3.2.2-3");
  }
}
