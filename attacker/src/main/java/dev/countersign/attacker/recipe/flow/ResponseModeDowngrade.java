package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;

/** Response modes that carry an answer less safely than the client is registered for. */
final class ResponseModeDowngrade implements Recipe {
  private static final String RULE = "A1-13";

  @Override
  public About about() {
    return About.of(RULE, "response-mode")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION, Goal.NON_REPUDIATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "a client is answered in the modes that it registered, or not at all")
        .means("A response is sent where scripts read it, or without the signature it should have.")
        .change(
            "Refuse modes that are not the client's; answer a client of signed responses by JWTs"
                + " alone.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    List<String> offered = lab.server().strings("response_modes_supported");
    for (String mode : List.of("fragment", "form_post", "web_message", "no-such-mode")) {
      Answer answer = client.attacking().push().but(call -> call.set("response_mode", mode)).send();
      if (offered.contains(mode) && answer.isSuccess()) {
        play.should(mode + " of an unsigned response", true, "taken, as the server offers", RULE);
      } else {
        Flows.shouldRefuse(
            play,
            mode + " of an unsigned response",
            answer,
            Expected.error("OA-17", "invalid_request").status(400));
      }
    }
    if (Need.SIGNED_RESPONSES.isMet(lab.target(), lab.server())) {
      signed(play, lab);
    }
  }

  private static void signed(Play play, Lab lab) throws IOException {
    Caller client = lab.signedResponses();
    UserAgent browser = lab.browser();
    play.twin("a client gets a signed response", () -> signed(client.coded(browser, lab.victim())));
    for (String mode : List.of("query", "fragment", "form_post", "web_message")) {
      String what = mode + " of a client whose responses are signed";
      Push push = client.attacking().push().but(call -> call.set("response_mode", mode));
      unsigned(play, lab, what, push, browser);
    }
    unsigned(
        play,
        lab,
        "no mode of a client whose responses are signed",
        client.attacking().push().but(call -> call.drop("response_mode")),
        browser);
    Pushed pushed = client.pushed();
    still(
        play,
        "query beside the request_uri of a client whose responses are signed",
        browser.authorize(Flows.with(pushed.url(), "response_mode", "query"), lab.victim()));
  }

  private static Coded signed(Coded coded) throws TwinFailedException {
    if (coded.back().signed().isEmpty()) {
      throw new TwinFailedException("the response has no signature");
    }
    return coded;
  }

  private static void unsigned(Play play, Lab lab, String what, Push push, UserAgent browser)
      throws IOException {
    Answer answer = push.send();
    if (answer.isSuccess()) {
      still(play, what, browser.authorize(push.pushed(answer).url(), lab.victim()));
    } else {
      play.refused(what, answer, Expected.error("MS-5.4.1-1", "invalid_request").status(400));
    }
  }

  private static void still(Play play, String what, Landing landing) {
    boolean bare = landing instanceof Landing.Back back && back.signed().isEmpty();
    play.holds(
        what,
        !bare,
        bare ? "the response came without a signature" : "no response came without a signature",
        "MS-5.4.1-1");
  }
}
