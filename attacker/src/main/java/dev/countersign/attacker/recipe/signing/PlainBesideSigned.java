package dev.countersign.attacker.recipe.signing;

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
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters of an answer beside the JWT that has them signed. */
final class PlainBesideSigned implements Recipe {
  private static final String RULE = "MS-5.4.1-1";

  @Override
  public About about() {
    return About.of("S-06", "jarm-both")
        .by(Attacker.A1, Attacker.A2, Attacker.A3A)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.SIGNED_RESPONSES, Need.USER)
        .stoppedBy(RULE, "an answer has the parameter response, and nothing beside it")
        .means("A client may take what nobody signed, such as a code of the attacker.")
        .change("Put every parameter of an answer into the JWT, iss included (JARM section 4.1).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.signedResponses();
    UserAgent browser = lab.browser();
    Coded coded =
        play.twin(
            "the client gets a code in a signed answer",
            () -> signed(client.coded(browser, lab.victim())));
    alone(play, "a code", coded.back());
    named(play, lab, client, coded.back());
    Pushed more = client.attacking().pushed();
    Form added =
        Form.builder().add("code", "smuggled").add("state", "smuggled").add("iss", "x").build();
    Landing answered =
        browser.authorize(URI.create(more.url() + "&" + added.encode()), lab.victim());
    if (answered instanceof Landing.Back back) {
      alone(play, "a request that was opened with code, state and iss", back);
      play.holds(
          "the state that was pushed",
          back.first("state").filter("smuggled"::equals).isEmpty(),
          "state " + (back.first("state").isPresent() ? "is there" : "is not there"),
          RULE);
    } else {
      play.refused("a request that was opened with code, state and iss", answered, RULE);
    }
    if (List.of(client.client().scope().split(" ", -1)).contains("openid")) {
      errors(play, lab, client);
    }
  }

  /**
   * Somebody who is not logged in, and must not be asked to. Only OpenID Connect has {@code prompt}
   * (Core section 3.1.2.1); a server without it ignores the parameter (RFC 6749 section 3.1).
   */
  private static void errors(Play play, Lab lab, Caller client) throws IOException {
    Pushed silent = client.attacking().push().but(call -> call.set("prompt", "none")).pushed();
    Landing landing = lab.browser().authorize(silent.url(), lab.victim());
    if (landing instanceof Landing.Back back) {
      alone(play, "an error", back);
      play.holds(
          "an error comes without a code",
          back.code().isEmpty(),
          "came back with " + back.error().orElse("no error"),
          RULE);
    } else {
      play.refused("a page in place of an error", landing, RULE);
    }
  }

  private static Coded signed(Coded coded) throws TwinFailedException {
    if (coded.back().signed().isEmpty()) {
      throw new TwinFailedException("the answer has no signature");
    }
    return coded;
  }

  private static void alone(Play play, String what, Landing.Back back) {
    Set<String> names = new LinkedHashSet<>(names(back.to().getRawQuery()));
    names.addAll(names(back.to().getRawFragment()));
    names.remove("response");
    play.holds(
        what + " in a signed answer",
        back.signed().isPresent(),
        back.signed().isPresent() ? "the answer is a JWT" : "the answer is no JWT",
        RULE);
    boolean named = names.remove("iss");
    play.holds(
        what + " in a signed answer, with nothing beside it",
        names.isEmpty(),
        names.isEmpty() ? "there is nothing else" : "there is " + String.join(", ", names),
        RULE);
    // What a client may compare beside the JWT tells the attacker nothing.
    play.should(
        what + " in a signed answer, with iss inside alone",
        !named,
        named ? "iss is there" : "iss is not there",
        "MS-5.4.1-N");
  }

  private static Set<String> names(@Nullable String text) {
    return text == null || text.isEmpty() ? Set.of() : Form.parseQuery(text).names();
  }

  /** Whose answer it is, and for whom, is signed. */
  private static void named(Play play, Lab lab, Caller client, Landing.Back back) {
    String jwt = back.signed().orElseThrow();
    play.holds(
        "the answer names the server",
        UnverifiedJwt.claim(jwt, "iss").filter(lab.server().issuer().value()::equals).isPresent(),
        "iss is " + UnverifiedJwt.claim(jwt, "iss").orElse("not there"),
        "JARM-1");
    play.holds(
        "the answer names the client",
        UnverifiedJwt.claim(jwt, "aud").filter(client.id()::equals).isPresent(),
        "aud is " + UnverifiedJwt.claim(jwt, "aud").orElse("not one text"),
        "JARM-1");
  }
}
