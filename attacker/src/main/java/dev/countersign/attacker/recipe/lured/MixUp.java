package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A person who begins at the attacker's server and ends up at the target's. */
final class MixUp implements Recipe {

  @Override
  public About about() {
    return About.of("A1-24", "mix-up")
        .also("ATT-01")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER, Need.SECOND_USER)
        .stoppedBy("SP-5.3.3.2-5", "the client compares iss with the server it began with")
        .means("The client hands a code of the honest server to the attacker.")
        .change(
            "Compare iss of every response with the issuer that is kept with the session (RFC"
                + " 9207).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    lured.twinHonest(play, lab.victim());
    unpushed(play, lab, lured);
    ofAnotherSession(play, lured);
    honestCode(play, lab, lured);
  }

  /** The request is the attacker's own making: the target must not know it. */
  private static void unpushed(Play play, Lab lab, Lured lured) throws IOException {
    for (String requestUri : List.of("", "urn:ietf:params:oauth:request_uri:" + lab.random128())) {
      Form.Builder query =
          Form.builder()
              .add("client_id", lured.app().idAtHonest().value())
              .add("redirect_uri", lured.app().callbackHonest().toString())
              .add("response_type", "code")
              .add("state", lab.random128());
      if (!requestUri.isEmpty()) {
        query.add("request_uri", requestUri);
      }
      lured.hostile().play(Script.forward(lab.client().authorizationUrl(query.build())));
      UserAgent browser = lured.stopping();
      Landing at = browser.authorize(lured.app().startHostile(), lab.victim());
      play.refused(
          requestUri.isEmpty()
              ? "forwarded to the target with a request that was not pushed"
              : "forwarded to the target with a request_uri that it did not give",
          at,
          "SP-5.3.2.2-3");
    }
  }

  private static void ofAnotherSession(Play play, Lured lured) throws IOException {
    URI own = lured.begin(lured.browser(), lured.app().startHonest());
    lured.refusesAnswer(
        play,
        "forwarded to a request that the attacker began at the same client",
        Script.forward(own),
        "SP-5.3.3.2-4");
  }

  private static void honestCode(Play play, Lab lab, Lured lured) throws IOException {
    Landing.Back back = lured.answered(lured.stopping(), lab.attacker());
    String code = back.code().orElse("");
    lured.refusesAnswer(
        play,
        "a code of the target's, with its iss, at the redirect URI of the attacker's server",
        Script.answer(
            right ->
                List.of(
                    Map.entry("code", code),
                    right.get(1),
                    Map.entry("iss", lab.server().issuer().value()))),
        "SP-5.3.3.2-5");
    play.holds(
        "the code does not reach the attacker",
        !lured.redeemed(code),
        "the attacker's token endpoint saw " + (lured.redeemed(code) ? "it" : "nothing of it"),
        "SP-5.3.3.2-5");
  }
}
