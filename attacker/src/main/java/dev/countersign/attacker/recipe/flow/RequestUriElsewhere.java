package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Ear;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A {@code request_uri} that the server would have to fetch. */
final class RequestUriElsewhere implements Recipe {
  private static final String PUSHING = "PAR-3";
  private static final String OPENING = "SP-5.3.2.2-3";
  private static final Duration LISTENS = Duration.ofSeconds(2);

  @Override
  public About about() {
    return About.of("A1-07", "request-uri-external")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.BEYOND)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(OPENING, "a request_uri is of the PAR endpoint, and nothing is fetched")
        .means(
            "Anybody can have the server fetch what they like from its own network, or bring a"
                + " request that no client pushed.")
        .change("Look a request_uri up among those that were pushed; never fetch one.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    play.twin(
        "a request_uri of the server is taken", () -> client.coded(lab.browser(), lab.victim()));
    if (!Need.LISTENER.isMet(lab.target(), lab.server())) {
      tryAll(play, lab, "https://attacker.invalid/request.jwt");
      return;
    }
    try (Ear ear = Ear.open(lab.target().listener().orElseThrow())) {
      tryAll(play, lab, lab.target().listener().orElseThrow().url() + "/request.jwt");
      int heard = ear.heard(LISTENS);
      play.holds(
          "nothing was fetched from the attacker",
          heard == 0,
          heard + " connections came to the listener",
          OPENING);
    }
  }

  private static void tryAll(Play play, Lab lab, String own) throws IOException {
    Caller client = lab.client();
    List<String> places =
        List.of(own, "file:///etc/passwd", "http://169.254.169.254/latest/meta-data/");
    for (String place : places) {
      String scheme = place.split("[/]", 2)[0];
      play.refused(
          "opened with a " + scheme + " URL",
          lab.browser().authorize(client.authorizationUrl(place), lab.victim()),
          OPENING);
      play.refused(
          "pushed with a " + scheme + " URL",
          client.attacking().push().but(call -> call.beside("request_uri", place)).send(),
          Expected.error(PUSHING, "invalid_request", "invalid_request_uri").status(400));
    }
    play.refused(
        "pushed with a request_uri of the server",
        client
            .attacking()
            .push()
            .but(call -> call.beside("request_uri", "urn:ietf:params:oauth:request_uri:x"))
            .send(),
        Expected.error(PUSHING, "invalid_request", "invalid_request_uri").status(400));
  }
}
