package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UnverifiedJwt;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Move;
import dev.countersign.attacker.wire.Outgoing;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signed answers about tokens, in the place of tokens and at whom they are not for. */
final class IntrospectionAnswer implements Recipe {
  private static final String RULE = "9701-8";
  private static final String ENDPOINT = "introspection_endpoint";
  private static final String TYPE = "token-introspection+jwt";

  @Override
  public About about() {
    return About.of("S-13", "introspection-jwt")
        .also("ATT-63")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION)
        .needs(Need.INTROSPECTION, Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "typ and aud say that an answer about a token is no token")
        .means("Who may ask about tokens makes tokens of the answers.")
        .change(
            "Put typ token-introspection+jwt and aud of who asked into the answer, and no sub or"
                + " exp of the token beside token_introspection; check typ of access tokens.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Caller asking = lab.introspecting();
    UserAgent browser = lab.browser();
    TestResource resource = lab.resource();
    Tokens tokens = play.twin("a token", () -> Signing.forResource(client, browser, resource, lab));
    play.twin("it is good", client.call(resource, tokens.access()).send());
    Answer answer = ask(lab, asking.form(ENDPOINT).add("token", tokens.access()));
    play.twin("the resource server asks for a signed answer", answer);
    if (answer.json().isPresent()) {
      throw new NotApplicableException("the server signs no answers about tokens");
    }
    String jwt = answer.text().strip();
    looks(play, lab, asking, answer, jwt);
    asToken(play, lab, client, jwt);
    asked(play, lab, asking, tokens, jwt);
    others(play, lab, client, asking, browser);
    play.twin("the token is good still", client.call(resource, tokens.access()).send());
  }

  private static void looks(Play play, Lab lab, Caller asking, Answer answer, String jwt) {
    JsonObject header = UnverifiedJwt.header(jwt).orElse(JsonObject.builder().build());
    JsonObject claims = UnverifiedJwt.claims(jwt).orElse(JsonObject.builder().build());
    String alg = UnverifiedJwt.text(header, "alg").orElse("none");
    play.holds("the answer is signed", isSigned(alg, jwt), "alg is " + alg, "MS-5.5.1-1");
    String type = UnverifiedJwt.text(header, "typ").orElse("not there");
    play.holds("its typ says what it is", type.equals(TYPE), "typ is " + type, "9701-3");
    String content = answer.header("Content-Type").orElse("not there");
    play.should(
        "its content type says what it is",
        content.startsWith("application/" + TYPE),
        "it is " + content,
        "9701-3");
    play.holds(
        "it is by the server",
        UnverifiedJwt.text(claims, "iss").filter(lab.server().issuer().value()::equals).isPresent(),
        "iss is " + UnverifiedJwt.text(claims, "iss").orElse("not there"),
        "9701-4");
    isFor(play, "it is for who asked", asking, jwt);
    boolean bare = !claims.has("sub") && !claims.has("exp");
    play.should(
        "it has no sub or exp as tokens have",
        bare,
        "it has " + String.join(", ", claims.names()),
        "9701-6");
  }

  private static boolean isSigned(String alg, String jwt) {
    return List.of("PS256", "ES256", "EdDSA", "Ed25519").contains(alg) && !jwt.endsWith(".");
  }

  private static void isFor(Play play, String what, Caller asking, String jwt) {
    Optional<String> audience = audience(jwt);
    play.holds(
        what,
        audience.filter(asking.id()::equals).isPresent(),
        "aud is " + audience.orElse("not there, or several"),
        "9701-4");
  }

  /** One audience, as text or in a list. */
  private static Optional<String> audience(String jwt) {
    Optional<String> text = UnverifiedJwt.claim(jwt, "aud");
    if (text.isPresent()) {
      return text;
    }
    try {
      Optional<JsonObject> claims = UnverifiedJwt.claims(jwt);
      List<String> all =
          claims.isPresent() ? claims.get().strings("aud").orElse(List.of()) : List.of();
      return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static void asToken(Play play, Lab lab, Caller client, String jwt) throws IOException {
    Expected refused = Expected.error(RULE, "invalid_token").status(401);
    Caller attacker = client.attacking();
    play.refused("as access token", attacker.call(lab.resource(), jwt).send(), refused);
    play.refused(
        "as access token under Bearer, without a proof",
        attacker.call(lab.resource(), jwt).scheme("Bearer").unproved().send(),
        refused.orError("invalid_dpop_proof"));
    if (Need.SECOND_RESOURCE.isMet(lab.target(), lab.server())) {
      play.refused(
          "as access token at another resource",
          attacker.call(lab.secondResource(), jwt).send(),
          refused);
    }
  }

  private static void asked(Play play, Lab lab, Caller asking, Tokens tokens, String jwt)
      throws IOException {
    untold(
        play,
        "the answer itself as what is asked about",
        ask(lab, asking.form(ENDPOINT).add("token", jwt)));
    play.refused(
        "a signed answer for nobody",
        ask(
            lab,
            asking
                .form(ENDPOINT)
                .add("token", tokens.access())
                .unauthenticated()
                .set("client_id", asking.id())),
        Expected.refusal("9701-2").status(400, 401));
    for (String name : List.of("resource", "audience", "aud")) {
      Answer answer =
          ask(
              lab,
              asking
                  .form(ENDPOINT)
                  .add("token", tokens.access())
                  .add(name, "https://other.example"));
      if (answer.isSuccess()) {
        isFor(play, "for who asked, whatever " + name + " says", asking, answer.text().strip());
      } else {
        play.refused("a signed answer for another by " + name, answer, Expected.refusal("9701-4"));
      }
    }
  }

  /** Nothing is told about tokens for others, signed or not. */
  private static void others(Play play, Lab lab, Caller client, Caller asking, UserAgent browser)
      throws IOException {
    List<TestResource> others =
        lab.target().resources().stream()
            .filter(one -> one.indicator().isPresent() && !one.signed())
            .filter(one -> !one.indicator().equals(lab.resource().indicator()))
            .toList();
    for (TestResource other : others) {
      Tokens theirs =
          play.twin(
              "a token for another resource server",
              () -> Signing.forResource(client, browser, other, lab));
      Answer answer = ask(lab, asking.form(ENDPOINT).add("token", theirs.access()));
      untold(play, "a signed answer about the token for another", answer);
      if (answer.isSuccess() && answer.json().isEmpty()) {
        String jwt = answer.text().strip();
        isFor(play, "even that answer is for who asked", asking, jwt);
      }
    }
  }

  private static void untold(Play play, String what, Answer answer) {
    if (!answer.isSuccess()) {
      play.refused(what, answer, Expected.refusal("9701-5").status(400, 401, 403));
      return;
    }
    Optional<JsonObject> told = told(answer);
    boolean active = told.isEmpty() || isActive(told.get());
    String names = told.map(one -> String.join(", ", one.names())).orElse("something else");
    play.holds(what, !active, "told " + names, "9701-5");
    play.should(
        what + ": nothing but active: false",
        told.isPresent() && told.get().names().size() == 1,
        "told " + names,
        "9701-5");
  }

  private static Optional<JsonObject> told(Answer answer) {
    try {
      Optional<JsonObject> claims = UnverifiedJwt.claims(answer.text().strip());
      return claims.isPresent() ? claims.get().object("token_introspection") : answer.json();
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static boolean isActive(JsonObject told) {
    try {
      return told.bool("active").orElse(true);
    } catch (MalformedJsonException e) {
      return true;
    }
  }

  /** Asks for a signed answer alone, and for no JSON beside it. */
  private static Answer ask(Lab lab, FormCall call) throws IOException {
    List<Map.Entry<String, String>> fields =
        List.of(
            Map.entry("Content-Type", "application/x-www-form-urlencoded"),
            Map.entry("Accept", "application/" + TYPE));
    return lab.line()
        .send(
            new Outgoing(
                Move.OTHER,
                "POST",
                lab.server().need(ENDPOINT, false),
                fields,
                call.encoded().getBytes(StandardCharsets.UTF_8),
                Optional.empty()));
  }
}
