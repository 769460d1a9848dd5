package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages in forms that a careless parser takes for a compact JWS. */
final class StrictJws implements Recipe {
  private static final String RULE = "SP-5.4.1-1.1";

  @Override
  public About about() {
    return About.of("J-08", "strict-jws")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.NON_REPUDIATION)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "a JWS has three parts of base64url, and no header that is not understood")
        .means(
            "Two parsers read two messages out of one, or a header that changes the meaning is"
                + " passed over.")
        .change(
            "Refuse every crit, b64, zip and enc, every JWS in JSON, and whatever is not exactly"
                + " three parts of base64url without padding (RFC 7515 sections 4.1.11, 5.2).");
  }

  /** Must not be believed (RFC 7515 section 4.1.11, RFC 7797 section 6, RFC 7516 section 4). */
  private static List<Variant> headers() {
    return List.of(
        Variant.of("an unknown crit", StrictJws::critical),
        Variant.of("crit that names a header that is absent", jwt -> crit(jwt, "exp")),
        Variant.of("crit that is empty", jwt -> jwt.header("crit", List.of())),
        Variant.of("crit that names alg", jwt -> crit(jwt, "alg")),
        Variant.of("crit that is no array", jwt -> jwt.header("crit", "exp")));
  }

  private static Jwt critical(Jwt jwt) {
    return crit(
        jwt.header("http://attacker.example/strict", true), "http://attacker.example/strict");
  }

  private static Jwt crit(Jwt jwt, String name) {
    return jwt.header("crit", List.of(name));
  }

  /** Texts that are no compact JWS, although the signature in them is right. */
  private static List<String[]> texts(String jws) {
    String[] parts = jws.split("\\.", -1);
    String flat =
        JsonObject.builder()
            .put("protected", parts[0])
            .put("payload", parts[1])
            .put("signature", parts[2])
            .build()
            .toJson();
    return List.of(
        new String[] {"a JWS in JSON", flat},
        new String[] {"a fourth part", jws + ".x"},
        new String[] {"a fourth, empty part", jws + "."},
        new String[] {"an empty part before", "." + jws},
        new String[] {"padding after the signature", jws + "=="},
        new String[] {"padding after the claims", parts[0] + "." + parts[1] + "=." + parts[2]},
        new String[] {"a space after", jws + " "},
        new String[] {"a line break inside", parts[0] + ".\n" + parts[1] + "." + parts[2]},
        new String[] {"a plain + in the header", "+" + jws},
        new String[] {"a scheme before", "Bearer " + jws});
  }

  private static String wrapped(Lab lab, String jws) {
    String header = "{\"alg\":\"dir\",\"enc\":\"A256GCM\",\"cty\":\"JWT\",\"zip\":\"DEF\"}";
    return Keys.base64(header.getBytes(StandardCharsets.UTF_8))
        + ".."
        + lab.random128().substring(0, 16)
        + "."
        + Keys.base64(jws.getBytes(StandardCharsets.UTF_8))
        + "."
        + lab.random128();
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    new Doors(play, lab, RULE).assertions(client, headers());
    play.refused(
        "assertion: within a JWE that nobody encrypted",
        pushText(client, wrapped(lab, client.assertion().compact())),
        Expected.invalidClient(RULE).orError("invalid_request"));
    for (String name : List.of("zip", "enc", "b64")) {
      odd(
          play,
          "a header " + name + " without meaning",
          Doors.pushWith(client, Variant.of(name, jwt -> jwt.header(name, "x"))));
    }
    // Whoever understands it may take it, but not in a JWT (RFC 7797 section 7).
    odd(
        play,
        "b64 false with crit",
        Doors.pushWith(client, Variant.of("b64", jwt -> crit(jwt.header("b64", false), "b64"))));
    int count = texts(client.assertion().compact()).size();
    for (int i = 0; i < count; i++) {
      String[] text = texts(client.assertion().compact()).get(i);
      odd(play, text[0], pushText(client, text[1]));
    }
  }

  /** The client signed it itself: taking it is careless and harms nobody. */
  private static void odd(Play play, String what, Answer answer) {
    play.should(
        "assertion: " + what,
        answer.status() >= 400 && answer.status() < 500,
        "answered " + answer.brief(),
        RULE);
  }

  private static Answer pushText(Caller client, String assertion) throws IOException {
    return client.attacking().push().but(call -> call.assertions(assertion)).send();
  }
}
