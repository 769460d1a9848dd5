package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

/** What the client lets the browser carry to the authorization endpoint. */
final class FrontChannelContent implements Recipe {

  @Override
  public About about() {
    return About.of("A3-01", "client-request-leak-content")
        .by(Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.BEYOND)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("SP-5.3.3.2-6", "client_id and request_uri alone are in the URL")
        .means("Whoever sees the URL learns what the client asks for, or can change it.")
        .change(
            "Push all parameters, and send client_id and request_uri alone through the browser.");
  }

  private static final Set<String> ALLOWED = Set.of("client_id", "request_uri");

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    URI honest =
        play.twin(
            "a flow with the target's server begins",
            () -> lured.begin(lured.browser(), lured.app().startHonest()));
    judge(play, "to the target's server", honest);
    judge(
        play, "to the attacker's server", lured.begin(lured.browser(), lured.app().startHostile()));
  }

  private static void judge(Play play, String what, URI url) {
    Form query = Form.parseQuery(url.getRawQuery() == null ? "" : url.getRawQuery());
    Set<String> names = new TreeSet<>(query.names());
    play.holds(
        what + ": the request was pushed",
        names.contains("request_uri"),
        "the URL has " + names,
        "SP-5.3.3.2-2");
    play.should(
        what + ": nothing else is in the URL",
        ALLOWED.containsAll(names),
        "the URL has " + names,
        "SP-5.3.3.2-6");
  }
}
