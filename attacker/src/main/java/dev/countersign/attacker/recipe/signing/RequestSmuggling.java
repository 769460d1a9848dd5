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
import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.protocol.pkce.CodeVerifier;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
    scope(play, lab, client, browser);
    redirectUri(play, client);
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
            (_, landing) -> redeems(client, landing, verifier)));
  }

  /** Where more is asked for outside than was signed. */
  private static void scope(Play play, Lab lab, Caller client, UserAgent browser)
      throws IOException {
    String all = client.client().scope();
    int last = all.lastIndexOf(' ');
    if (last < 0) {
      return;
    }
    String more = all.substring(last + 1);
    attack(
        play,
        lab,
        client,
        browser,
        new Variant(
            "a wider scope outside",
            "scope",
            all,
            jwt -> jwt.with("scope", all.substring(0, last)),
            (pushed, landing) ->
                redeemed(client, pushed, landing)
                    .flatMap(answer -> answer.member("scope"))
                    .filter(given -> List.of(given.split(" ", -1)).contains(more))
                    .isPresent()));
  }

  /** A server may know where a client is called back that has one such place: nothing is lost. */
  private static void redirectUri(Play play, Caller client) throws IOException {
    Answer answer =
        client
            .attacking()
            .push()
            .but(
                call ->
                    call.object(jwt -> jwt.without("redirect_uri"))
                        .beside("redirect_uri", client.client().redirectUri().value()))
            .send();
    play.should(
        "redirect_uri outside alone",
        answer.status() >= 400 && answer.status() < 500,
        "answered " + answer.brief() + ", expected 400 invalid_request",
        "SP-5.3.2.2-6");
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
    return (pushed, landing) ->
        redeemed(client, pushed, landing)
            .flatMap(answer -> answer.member("id_token"))
            .flatMap(token -> UnverifiedJwt.claim(token, "nonce"))
            .filter(value::equals)
            .isPresent();
  }

  private static Optional<Answer> redeemed(Caller client, Pushed pushed, Landing landing)
      throws IOException {
    if (landing instanceof Landing.Back back && back.code().isPresent()) {
      Coded coded = new Coded(pushed, back.code().get(), back);
      return Optional.of(client.redeem(coded).send());
    }
    return Optional.empty();
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
          Expected.error(
                  RULE, "invalid_request", "invalid_request_object", "unsupported_response_type")
              .status(400));
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
