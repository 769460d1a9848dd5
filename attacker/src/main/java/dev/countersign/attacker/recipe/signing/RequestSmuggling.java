package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Parameters beside a signed request object, which nobody signed. */
final class RequestSmuggling implements Recipe {
  private static final String RULE = "JAR-5";
  private static final String ELSEWHERE = "https://attacker.example/callback";

  @Override
  public About about() {
    return About.of("S-02", "jar-smuggle")
        .by(Attacker.A1, Attacker.A2)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.SIGNED_REQUESTS, Need.USER)
        .stoppedBy(RULE, "of a signed request, what is in the object counts and nothing else")
        .means("What is done is not what was signed, and the signature stands under it.")
        .change("Refuse or ignore parameters outside the request object (RFC 9101 section 6.3).");
  }

  /**
   * A parameter that nobody signed.
   *
   * @param object what is done to the object before it is signed
   * @param counts whether what came of the request was by that parameter
   */
  private record Variant(
      String what, String name, String value, UnaryOperator<Jwt> object, Counts counts) {}

  @FunctionalInterface
  private interface Counts {
    boolean in(Pushed pushed, Landing landing) throws IOException;
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.signingRequests();
    UserAgent browser = lab.browser();
    play.twin(
        "the client gets a code by a signed request", () -> client.coded(browser, lab.victim()));
    for (Variant variant : differing(client, lab)) {
      attack(play, lab, client, browser, variant);
    }
    for (Variant variant : missing(client, lab)) {
      attack(play, lab, client, browser, variant);
    }
    Caller another = Signing.other(lab, client).orElse(client);
    if (another != client) {
      play.refused(
          "the client_id of another client outside",
          client.attacking().push().but(call -> call.set("client_id", another.id())).send(),
          Expected.error("JAR-2", "invalid_request", "invalid_request_object", "invalid_client")
              .status(400, 401));
    }
  }

  private static List<Variant> differing(Caller client, Lab lab) {
    UnaryOperator<Jwt> same = UnaryOperator.identity();
    String verifier = CodeVerifier.random(lab.random()).reveal();
    return List.of(
        new Variant("another state outside", "state", "smuggled", same, back("state", "smuggled")),
        new Variant(
            "another redirect_uri outside",
            "redirect_uri",
            ELSEWHERE,
            same,
            (_, landing) -> landing instanceof Landing.Elsewhere),
        new Variant(
            "another code_challenge outside",
            "code_challenge",
            challenge(verifier),
            same,
            (_, landing) -> redeems(client, landing, verifier)),
        new Variant(
            "another response_mode outside",
            "response_mode",
            "query",
            same,
            (_, landing) ->
                client.client().signedResponses()
                    && landing instanceof Landing.Back back
                    && back.signed().isEmpty()),
        new Variant(
            "another response_type outside",
            "response_type",
            "code id_token",
            same,
            (_, landing) ->
                landing instanceof Landing.Back back && back.first("id_token").isPresent()),
        new Variant("another nonce outside", "nonce", "smuggled", same, nonce(client, "smuggled")));
  }

  private static List<Variant> missing(Caller client, Lab lab) {
    String verifier = CodeVerifier.random(lab.random()).reveal();
    String redirectUri = client.client().redirectUri().value();
    return List.of(
        new Variant(
            "state outside alone",
            "state",
            "smuggled",
            jwt -> jwt.without("state"),
            back("state", "smuggled")),
        new Variant(
            "nonce outside alone",
            "nonce",
            "smuggled",
            jwt -> jwt.without("nonce"),
            nonce(client, "smuggled")),
        new Variant(
            "code_challenge outside alone",
            "code_challenge",
            challenge(verifier),
            jwt -> jwt.without("code_challenge"),
            (_, landing) -> redeems(client, landing, verifier)),
        new Variant(
            "redirect_uri outside alone",
            "redirect_uri",
            redirectUri,
            jwt -> jwt.without("redirect_uri"),
            (_, landing) -> landing instanceof Landing.Back back && back.code().isPresent()));
  }

  private static String challenge(String verifier) {
    return CodeChallenge.of(new CodeVerifier(verifier)).value();
  }

  private static Counts back(String name, String value) {
    return (_, landing) ->
        landing instanceof Landing.Back back && back.first(name).filter(value::equals).isPresent();
  }

  private static boolean redeems(Caller client, Landing landing, String verifier)
      throws IOException {
    return landing instanceof Landing.Back back
        && back.code().isPresent()
        && client.attacking().redeem(back.code().get(), verifier).send().isSuccess();
  }

  private static Counts nonce(Caller client, String value) {
    return (pushed, landing) -> {
      if (landing instanceof Landing.Back back && back.code().isPresent()) {
        Answer answer = client.redeem(new Coded(pushed, back.code().get(), back)).send();
        return answer
            .member("id_token")
            .filter(token -> Signing.claim(token, "nonce").filter(value::equals).isPresent())
            .isPresent();
      }
      return false;
    };
  }

  /** Refusing is right, and so is to go on by the object alone. */
  private static void attack(Play play, Lab lab, Caller client, UserAgent browser, Variant variant)
      throws IOException {
    Push push =
        client
            .attacking()
            .push()
            .but(call -> call.object(variant.object()).beside(variant.name(), variant.value()));
    Answer answer = push.send();
    if (!answer.isSuccess()) {
      play.refused(
          variant.what(),
          answer,
          Expected.error(RULE, "invalid_request", "invalid_request_object").status(400));
      return;
    }
    Pushed pushed = push.pushed(answer);
    Landing landing = browser.authorize(pushed.url(), lab.victim());
    boolean counted = variant.counts().in(pushed, landing);
    play.holds(
        variant.what(),
        !counted,
        counted ? "taken, and it counted" : "taken, and it did not count",
        RULE);
  }
}
