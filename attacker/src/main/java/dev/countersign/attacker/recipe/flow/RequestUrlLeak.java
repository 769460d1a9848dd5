package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What somebody reads who sees the authorization request pass by. */
final class RequestUrlLeak implements Recipe {
  private static final String RULE = "PAR-10";

  @Override
  public About about() {
    return About.of("A3-01", "request-leak-content")
        .by(Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY, Goal.BEYOND)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "the URL has client_id and request_uri, and they tell nothing")
        .means("What a person wants to do, or the state of a flow, stands in histories and logs.")
        .change("Make the request_uri a reference of random characters; need nothing beside it.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Push push = client.push();
    Form asked = push.call().plain().form();
    Pushed pushed = client.pushed();
    play.twin(
        "client_id and request_uri are enough",
        () -> client.coded(lab.browser(), lab.victim(), pushed));
    Set<String> names = Form.parseQuery(String.valueOf(pushed.url().getRawQuery())).names();
    play.holds(
        "the URL has nothing else",
        Set.of("client_id", "request_uri").containsAll(names),
        "it has " + String.join(", ", names),
        RULE);
    String told = pushed.requestUri() + decoded(pushed.requestUri());
    List<String> found =
        Stream.concat(
                Stream.of(pushed.state(), pushed.nonce(), pushed.verifier()),
                asked.names().stream()
                    .filter(name -> Set.of("scope", "redirect_uri").contains(name))
                    .flatMap(name -> asked.values(name).stream()))
            .filter(told::contains)
            .toList();
    play.holds(
        "the request_uri tells nothing of the request",
        found.isEmpty() && !told.contains("redirect_uri"),
        found.isEmpty() ? "nothing of it was found in there" : "it has parts of the request",
        "PAR-6");
  }

  /** A request_uri could be the request itself, encoded. */
  private static String decoded(String requestUri) {
    StringBuilder text = new StringBuilder();
    for (String part : requestUri.split("[^A-Za-z0-9_-]", -1)) {
      try {
        text.append(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        // What is not encoded like that is looked at as it is.
        text.append(part);
      }
    }
    return text.toString();
  }
}
