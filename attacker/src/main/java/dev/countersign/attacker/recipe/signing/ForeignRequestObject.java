package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Request objects that somebody else signed, changed, or that point to another request. */
final class ForeignRequestObject implements Recipe {
  private static final String RULE = "JAR-9";
  private static final String CLIENT = "JAR-2";
  private static final String NESTED = "JAR-3";

  @Override
  public About about() {
    return About.of("S-04", "jar-other-key")
        .also("ATT-60")
        .by(Attacker.A1, Attacker.A2)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.SIGNED_REQUESTS)
        .stoppedBy(RULE, "an object is signed by a key of the client that pushes and that it names")
        .means("A request counts as signed by a client that did not sign it.")
        .change(
            "Verify by the keys of the authenticated client alone; compare client_id and iss;"
                + " refuse request and request_uri inside (RFC 9101 sections 6.2, 6.3, 10.7).");
  }

  private record Variant(String rule, String what, UnaryOperator<Jwt> change) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.signingRequests();
    play.twin("the client pushes a signed request", client::pushed);
    List<Variant> all = new ArrayList<>(keys(lab));
    List<Variant> odd = new ArrayList<>(claims(lab));
    Optional<Caller> other = Signing.other(lab, client);
    other.ifPresent(one -> all.addAll(another(lab, one)));
    other.ifPresent(one -> odd.addAll(contradictory(client, one)));
    for (Variant variant : all) {
      play.refused(variant.what(), sent(client, variant), expected(variant));
    }
    for (Variant variant : odd) {
      odd(play, variant.what(), sent(client, variant), expected(variant));
    }
    beside(play, client);
    tampered(play, client);
  }

  private static Answer sent(Caller client, Variant variant) throws IOException {
    return client.attacking().push().but(call -> call.object(variant.change())).send();
  }

  private static Expected expected(Variant variant) {
    return variant.rule().equals(RULE)
        ? Expected.error(RULE, "invalid_request_object").status(400)
        : Expected.error(variant.rule(), "invalid_request_object", "invalid_request").status(400);
  }

  /** What must be refused, though nobody but the client itself can have made it. */
  private static void odd(Play play, String what, Answer answer, Expected expected) {
    if (answer.isSuccess()) {
      String found = "answered " + answer.brief() + ", expected " + expected.brief();
      play.should(what, false, found, expected.rule());
    } else {
      play.refused(what, answer, expected);
    }
  }

  private static List<Variant> keys(Lab lab) {
    SigningKey unknown = lab.newKey();
    return List.of(
        new Variant(RULE, "signed by an unknown key", jwt -> jwt.signedBy(lab.jose(), unknown)),
        new Variant(
            RULE,
            "signed by an unknown key that the header carries",
            jwt ->
                jwt.signedBy(lab.jose(), unknown)
                    .withoutHeader("kid")
                    .header("jwk", unknown.publicJwk().requiredMembers())),
        new Variant(
            RULE, "a signature of nothing", jwt -> jwt.signature(made -> new byte[made.length])));
  }

  private static List<Variant> another(Lab lab, Caller other) {
    SigningKey key = other.key();
    return List.of(
        new Variant(
            RULE,
            "signed by the key of another client",
            jwt -> jwt.signedBy(lab.jose(), key).header("kid", key.kid())),
        new Variant(
            RULE,
            "signed by the key of another client under the kid of this one",
            jwt -> jwt.signedBy(lab.jose(), key)),
        new Variant(
            RULE,
            "the object of another client",
            jwt ->
                jwt.with("client_id", other.id())
                    .with("iss", other.id())
                    .with("redirect_uri", other.client().redirectUri().value())
                    .signedBy(lab.jose(), key)
                    .header("kid", key.kid())),
        new Variant(CLIENT, "the client_id of another", jwt -> jwt.with("client_id", other.id())),
        new Variant(
            CLIENT,
            "client_id and iss of another",
            jwt -> jwt.with("client_id", other.id()).with("iss", other.id())));
  }

  private static List<Variant> contradictory(Caller client, Caller other) {
    return List.of(
        new Variant(CLIENT, "the iss of another", jwt -> jwt.with("iss", other.id())),
        new Variant(
            CLIENT,
            "two client_ids",
            jwt -> jwt.with("client_id", List.of(client.id(), other.id()))));
  }

  private static List<Variant> claims(Lab lab) {
    return List.of(
        new Variant(CLIENT, "no client_id", jwt -> jwt.without("client_id")),
        new Variant(
            NESTED,
            "a request_uri inside",
            jwt -> jwt.with("request_uri", "urn:ietf:params:oauth:request_uri:" + lab.random128())),
        new Variant(NESTED, "the object inside itself", jwt -> jwt.with("request", jwt.compact())));
  }

  /** One object is refused with another beside it, or with a reference to one. */
  private static void beside(Play play, Caller client) throws IOException {
    Expected expected =
        Expected.error(NESTED, "invalid_request", "invalid_request_object").status(400);
    odd(
        play,
        "a request_uri beside the object",
        client
            .attacking()
            .push()
            .but(call -> call.beside("request_uri", "urn:ietf:params:oauth:request_uri:other"))
            .send(),
        expected);
    String second = client.push().call().form().values("request").getFirst();
    odd(
        play,
        "a second object beside the first",
        client.attacking().push().but(call -> call.beside("request", second)).send(),
        expected);
  }

  /** The claims of one object with the signature of another, both by the client. */
  private static void tampered(Play play, Caller client) throws IOException {
    for (String claim : List.of("redirect_uri", "scope", "state", "code_challenge", "exp")) {
      play.refused(
          "another " + claim + " after it was signed",
          sent(client.attacking().push().call(), claim),
          Expected.error(RULE, "invalid_request_object").status(400));
    }
  }

  private static Answer sent(FormCall call, String claim) throws IOException {
    return call.object(
            jwt -> {
              String[] right = jwt.compact().split("\\.", -1);
              byte[] signature = Base64.getUrlDecoder().decode(right[2]);
              Object other = claim.equals("exp") ? exp(jwt) + 1 : "another";
              return jwt.with(claim, other).signedBy(_ -> signature);
            })
        .send();
  }

  private static long exp(Jwt jwt) {
    try {
      return jwt.claimsObject().integer("exp").orElse(0L);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("a right object has a right exp", e);
    }
  }
}
