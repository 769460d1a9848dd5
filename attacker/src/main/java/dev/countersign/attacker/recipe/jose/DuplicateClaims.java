package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.List;

/** Claims that stand twice, and claims of a type that they must not have. */
final class DuplicateClaims implements Recipe {
  private static final String RULE = "SP-5.4.1-1.1";

  @Override
  public About about() {
    return About.of("J-09", "duplicate-claims")
        .by(Attacker.A1, Attacker.A1A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "JSON is read strictly: no name twice, no type but the right one")
        .means(
            "Two parsers read two values out of one message, or a time that is none never passes.")
        .change(
            "Refuse duplicate names, or let the last count (RFC 7519 section 4), and take a"
                + " NumericDate for what it is: a number.");
  }

  private static Variant first(String name, String json) {
    return Variant.of(
        name + " twice, the last is wrong", jwt -> jwt.rawClaims(tail(jwt.claims(), name, json)));
  }

  private static String tail(String claims, String name, String json) {
    return claims.substring(0, claims.length() - 1) + ",\"" + name + "\":" + json + "}";
  }

  private static String head(String claims, String name, String json) {
    return "{\"" + name + "\":" + json + "," + claims.substring(1);
  }

  private static Variant raw(String name, String json) {
    return Variant.of(
        name + " is " + json, jwt -> jwt.rawClaims(tail(jwt.without(name).claims(), name, json)));
  }

  /** Neither of the ways that RFC 7519 section 4 allows takes these. */
  private static List<Variant> wrong() {
    return List.of(
        first("aud", "\"https://attacker.example\""),
        first("iss", "\"somebody\""),
        first("sub", "\"somebody\""),
        first("exp", "1"),
        raw("exp", "\"9999999999\""),
        raw("exp", "\"never\""),
        raw("exp", "-1"),
        raw("exp", "true"),
        raw("exp", "null"),
        raw("exp", "[9999999999]"),
        raw("exp", "{\"exp\":9999999999}"),
        raw("aud", "{\"aud\":\"x\"}"),
        raw("sub", "{\"sub\":\"x\"}"),
        raw("sub", "1"),
        Variant.of("claims that are an array", jwt -> jwt.rawClaims("[" + jwt.claims() + "]")),
        Variant.of("claims that are no JSON", jwt -> jwt.rawClaims("claims")),
        Variant.of("no claims", jwt -> jwt.rawClaims("")));
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    new Doors(play, lab, RULE).assertions(client, wrong());
    for (String name : List.of("aud", "iss", "sub", "exp", "jti")) {
      Answer answer =
          Doors.pushWith(
              client, Variant.of(name, jwt -> jwt.rawClaims(head(jwt.claims(), name, "\"1\""))));
      // The last counts with many parsers, which RFC 7519 section 4 allows.
      play.should(
          "assertion: " + name + " twice, the last is right",
          answer.status() >= 400 && answer.status() < 500,
          "answered " + answer.brief(),
          RULE);
    }
    // Never over, but the client signed it itself.
    Answer endless = Doors.pushWith(client, raw("exp", "1e400"));
    play.should(
        "assertion: exp is 1e400",
        endless.status() >= 400 && endless.status() < 500,
        "answered " + endless.brief(),
        RULE);
    Answer trailing =
        Doors.pushWith(client, Variant.of("", jwt -> jwt.rawClaims(jwt.claims() + "{}")));
    play.should(
        "assertion: something after the claims",
        trailing.status() >= 400 && trailing.status() < 500,
        "answered " + trailing.brief(),
        RULE);
  }
}
