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
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** A key id that is a path, a query, too long or no string at all. */
final class KidInjection implements Recipe {
  private static final String RULE = "SP-5.4.1-1.1";
  private static final int LONG = 1 << 20;

  @Override
  public About about() {
    return About.of("J-07", "kid-injection")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.BEYOND)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "kid is compared with the registered keys and used for nothing else")
        .means("The key id leads the server to a key that the attacker chose.")
        .change("Compare kid with those of the registered keys, as text, after a limit of length.");
  }

  /** Signed by what the injection would lead to. */
  private static Variant mac(String what, String kid, byte[] secret) {
    return Variant.of(
        what, jwt -> jwt.header("alg", "HS256").header("kid", kid).signedBy(Keys.hmac(secret)));
  }

  private static Variant own(String what, Object kid, Lab lab, SigningKey own) {
    return Variant.of(what, jwt -> jwt.signedBy(lab.jose(), own).header("kid", kid));
  }

  private static List<Variant> variants(Lab lab) {
    SigningKey own = lab.newKey();
    byte[] zero = new byte[1];
    byte[] known = "key".getBytes(StandardCharsets.UTF_8);
    return List.of(
        mac("kid is a path to an empty file", "../../../../../../dev/null", zero),
        mac("kid is a path with an encoded slash", "..%2f..%2f..%2fdev%2fnull", zero),
        mac("kid is SQL that selects a key", "x' UNION SELECT 'key' -- ", known),
        own("kid is SQL that is always true", "x' OR '1'='1", lab, own),
        own("kid is a shell command", "x|/usr/bin/true", lab, own),
        own("kid has a NUL", "x\0y", lab, own),
        own("kid is empty", "", lab, own),
        own("kid is a number", 1L, lab, own),
        own("kid is an array", List.of("x", "y"), lab, own),
        own("kid is an object", JsonObject.builder().put("x", "y").build(), lab, own),
        own("kid is a truth value", true, lab, own),
        Variant.of("kid of 1 MB", jwt -> longKid(jwt.signedBy(lab.jose(), own))));
  }

  /** As text: a limit of the attacker's own parser would get in the way. */
  private static Jwt longKid(Jwt jwt) {
    String kid = "\"kid\":\"" + "k".repeat(LONG) + "\"";
    return jwt.rawHeader("{\"alg\":\"ES256\"," + kid + "}");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    play.twin("the client pushes a request with a right assertion", client::pushed);
    for (Variant variant : variants(lab)) {
      play.refused(
          "assertion: " + variant.what(),
          Doors.pushWith(client, variant),
          // Whatever is too large may be refused before anybody reads it.
          new Expected(
              RULE,
              Set.of(400, 401, 413, 431),
              variant.what().contains("MB")
                  ? Set.of()
                  : Set.of("invalid_client", "invalid_request"),
              true));
    }
    play.twin("a right assertion is taken afterwards", client::pushed);
  }
}
