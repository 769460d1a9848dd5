package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.util.List;

/** Whether a client can tell from which server a response comes. */
final class IssuerPresent implements Recipe {
  private static final String RULE = "SP-5.3.2.2-7";

  @Override
  public About about() {
    return About.of("A1-23", "iss-present")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "every authorization response names its issuer")
        .means(
            "A client of several servers can be made to send a code of this one to another"
                + " (mix-up).")
        .change("Send iss in every authorization response (RFC 9207), and say so in metadata.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    Coded coded = play.twin("a person agrees", () -> client.coded(browser, lab.victim()));
    named(play, lab, "a response with a code", coded.back());
    error(play, lab, client);
    play.should(
        "the metadata says so",
        lab.server().says("authorization_response_iss_parameter_supported"),
        "authorization_response_iss_parameter_supported is "
            + lab.server().says("authorization_response_iss_parameter_supported"),
        RULE);
    if (Need.SIGNED_RESPONSES.isMet(lab.target(), lab.server())) {
      Caller signing = lab.signedResponses();
      Coded signed =
          play.twin("a signed response", () -> signing.coded(lab.browser(), lab.victim()));
      named(play, lab, "a signed response", signed.back());
      alone(play, signed.back());
      error(play, lab, signing);
    }
  }

  private static void error(Play play, Lab lab, Caller client) throws IOException {
    Pushed pushed = client.push().but(call -> call.set("prompt", "none")).pushed();
    Landing landing = lab.browser().open(pushed.url());
    if (landing instanceof Landing.Back back) {
      named(play, lab, "a response with " + back.error().orElse("no error"), back);
    }
  }

  private static void named(Play play, Lab lab, String what, Landing.Back back) {
    List<String> names = back.parameters().values("iss");
    boolean right = names.equals(List.of(lab.server().issuer().value()));
    play.holds(
        what + " names the issuer",
        right,
        names.isEmpty() ? "it has no iss" : "its iss is " + String.join(" and ", names),
        RULE);
  }

  private static void alone(Play play, Landing.Back back) {
    String raw =
        back.to().getRawFragment() == null ? back.to().getRawQuery() : back.to().getRawFragment();
    List<String> outside =
        Form.parseQuery(raw == null ? "" : raw).names().stream()
            .filter(name -> !name.equals("response"))
            .toList();
    play.should(
        "nothing stands beside the signature",
        outside.isEmpty(),
        outside.isEmpty() ? "response is alone" : String.join(", ", outside) + " stand beside it",
        "MS-5.4.1-N");
  }
}
