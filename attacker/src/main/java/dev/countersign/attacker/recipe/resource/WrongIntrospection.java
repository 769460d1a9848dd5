package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestIntrospection;
import dev.countersign.attacker.deployment.TestResource;
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
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Somebody asks about a token whom it is no business of. */
final class WrongIntrospection implements Recipe {
  private static final String RULE = "MS-6.2";
  private static final String ENDPOINT = "introspection_endpoint";

  @Override
  public About about() {
    return About.of("A7-12", "introspect-wrong-party")
        .also("ATT-54")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.INTROSPECTION, Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "a token is told about to the resource server that it is for")
        .means("Whoever finds a token learns whose it is and what it allows.")
        .change(
            "Let resource servers alone introspect, and answer active: false about tokens for"
                + " others (RFC 7662 section 4).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Caller asking = lab.introspecting();
    UserAgent browser = lab.browser();
    Tokens tokens =
        play.twin("a token", () -> Stolen.forResource(client, browser, lab.resource(), lab));
    play.twin(
        "its resource server asks about it",
        () -> active(ask(asking, tokens.access(), lab).send()));
    play.refused(
        "without authentication",
        ask(asking, tokens.access(), lab).unauthenticated().send(),
        Expected.refusal("IN-1").status(400, 401));
    play.refused(
        "the name of the resource server, without authentication",
        ask(asking, tokens.access(), lab).unauthenticated().set("client_id", asking.id()).send(),
        Expected.refusal("IN-1").status(400, 401));
    untold(
        play,
        "a client asks",
        client.attacking().form(ENDPOINT).add("token", tokens.access()).send());
    if (tokens.refresh().isPresent()) {
      untold(
          play,
          "the resource server asks about a refresh token",
          ask(asking, tokens.needRefresh(), lab).send());
    }
    others(play, client, asking, browser, lab);
  }

  /** Of the resources, those are not its own whose tokens it is told nothing about. */
  private static void others(Play play, Caller client, Caller asking, UserAgent browser, Lab lab)
      throws IOException {
    List<TestResource> others =
        lab.target().resources().stream()
            .filter(one -> one.indicator().isPresent())
            .filter(one -> !one.indicator().equals(lab.resource().indicator()))
            .toList();
    for (TestResource other : others) {
      Tokens theirs =
          play.twin(
              "a token for another resource server",
              () -> Stolen.forResource(client, browser, other, lab));
      untold(
          play,
          "a resource server asks about the token for another",
          ask(asking, theirs.access(), lab).send());
    }
  }

  /** Either nobody is let in, or nothing is told. */
  private static void untold(Play play, String what, Answer answer) {
    if (!answer.isSuccess()) {
      play.refused(what, answer, Expected.refusal(RULE).status(400, 401, 403));
      return;
    }
    Optional<JsonObject> told = told(answer);
    boolean silent = told.isPresent() && is(told.get(), false) && told.get().names().size() == 1;
    play.holds(
        what,
        told.isPresent() && is(told.get(), false),
        "told " + told.map(one -> String.join(", ", one.names())).orElse("something"),
        RULE);
    play.should(
        what + ": nothing but active: false",
        silent,
        "told " + told.map(one -> String.join(", ", one.names())).orElse("something"),
        "IN-2");
  }

  private static Answer active(Answer answer) throws TwinFailedException {
    if (!answer.isSuccess() || told(answer).filter(one -> is(one, true)).isEmpty()) {
      throw new TwinFailedException("the introspection endpoint answered " + answer.brief());
    }
    return answer;
  }

  private static boolean is(JsonObject told, boolean active) {
    try {
      return told.bool("active").filter(one -> one == active).isPresent();
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** As JSON, or as a JWT around it (RFC 9701). */
  private static Optional<JsonObject> told(Answer answer) {
    if (answer.json().isPresent()) {
      return answer.json();
    }
    try {
      Optional<JsonObject> claims = UnverifiedJwt.claims(answer.text().strip());
      return claims.isPresent() ? claims.get().object("token_introspection") : Optional.empty();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static FormCall ask(Caller asking, String token, Lab lab) throws IOException {
    FormCall call = asking.form(ENDPOINT).add("token", token);
    boolean signed = lab.target().introspection().map(TestIntrospection::signed).orElse(false);
    return signed ? call.field("Accept", "application/token-introspection+jwt") : call;
  }
}
