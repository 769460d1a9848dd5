package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/** ID tokens and token responses that are not what the client asked for. */
final class TokensForged implements Recipe {

  @Override
  public About about() {
    return About.of("A5-10", "idtoken-replay")
        .also("ATT-42")
        .by(Attacker.A1A, Attacker.A4)
        .endangers(Goal.AUTHENTICATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy(
            "OA-10", "every claim of an ID token that says whose and for what it is, is checked")
        .means(
            "The client logs somebody in by an ID token that was made for another client, flow or"
                + " server.")
        .change(
            "Check signature, iss, aud, exp, nonce and at_hash of ID tokens (OpenID Connect Core"
                + " section 3.1.3.7).");
  }

  private record Variant(String what, UnaryOperator<Jwt> change) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    lured.twinHostile(play);
    Form asked = lured.hostile().lastAsked().orElse(Form.builder().build());
    if (asked.value("nonce").isEmpty()) {
      throw new NotApplicableException("the client asks the attacker's server for no ID token");
    }
    for (Variant variant : variants(lab)) {
      lured.refusesLogin(play, variant.what(), Script.idToken(variant.change()), "OA-10");
    }
    String old = asked.value("nonce").orElse("");
    lured.refusesLogin(
        play,
        "an ID token of an earlier flow",
        Script.idToken(right -> right.with("nonce", old)),
        "OA-10");
    lured.refusesLogin(
        play, "no ID token", Script.tokens(right -> right.without("id_token")), "OA-10");
    lured.refusesLogin(
        play,
        "an unbound token",
        Script.tokens(right -> Script.with(right, "token_type", isDpop(right) ? "Bearer" : "DPoP")),
        "SP-5.3.3.1-1");
    lured.refusesLogin(
        play, "no token_type", Script.tokens(right -> right.without("token_type")), "OA-4");
  }

  private static boolean isDpop(JsonObject right) {
    return right.value("token_type").filter("DPoP"::equals).isPresent();
  }

  private static List<Variant> variants(Lab lab) {
    long now = lab.now().getEpochSecond();
    String honest = lab.server().issuer().value();
    return List.of(
        new Variant("another aud", right -> right.with("aud", "another-client")),
        new Variant("no aud", right -> right.without("aud")),
        new Variant("another nonce", right -> right.with("nonce", lab.random128())),
        new Variant("no nonce", right -> right.without("nonce")),
        new Variant("the issuer of the target", right -> right.with("iss", honest)),
        new Variant("no iss", right -> right.without("iss")),
        new Variant("no sub", right -> right.without("sub")),
        new Variant("expired an hour ago", right -> right.with("exp", now - 3600)),
        new Variant("no exp", right -> right.without("exp")),
        new Variant(
            "at_hash of another access token",
            right -> right.with("at_hash", half(lab.random128()))),
        new Variant("alg none", right -> right.header("alg", "none").signedBy(_ -> new byte[0])),
        new Variant("signed by another key", right -> right.signedBy(lab.jose(), lab.newKey())),
        new Variant(
            "a signature that does not fit", right -> right.signature(bytes -> flip(bytes))));
  }

  private static byte[] flip(byte[] bytes) {
    byte[] other = bytes.clone();
    other[0] ^= 1;
    return other;
  }

  /** Sixteen bytes, as the left half of a SHA-256 hash is. */
  private static String half(String text) {
    byte[] bytes = text.substring(0, 16).getBytes(StandardCharsets.US_ASCII);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
