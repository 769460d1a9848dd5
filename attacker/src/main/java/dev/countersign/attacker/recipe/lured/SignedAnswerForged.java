package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.deployment.ClientUnderTest;
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
import java.util.function.UnaryOperator;

/** Signed answers (JARM) of the attacker's server that are not for this client, server or time. */
final class SignedAnswerForged implements Recipe {

  @Override
  public About about() {
    return About.of("S-05", "jarm-tamper")
        .also("ATT-62")
        .by(Attacker.A1A, Attacker.A2)
        .endangers(Goal.NON_REPUDIATION, Goal.AUTHORIZATION)
        .needs(Need.SIGNING_CLIENT_UNDER_TEST, Need.USER)
        .stoppedBy("JARM-6", "signature, iss, aud and exp of a signed answer are checked")
        .means("The client takes an answer that nobody, or somebody else, signed.")
        .change(
            "Check iss, aud, exp and signature of the response JWT before anything of it counts.");
  }

  private record Variant(String what, UnaryOperator<Jwt> change) {}

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab, lab.clientUnderTest(ClientUnderTest::signedResponses));
    lured.twinHostile(play);
    for (Variant variant : variants(lab)) {
      lured.refusesAnswer(play, variant.what(), Script.signed(variant.change()), "JARM-6");
    }
  }

  private static List<Variant> variants(Lab lab) {
    long now = lab.now().getEpochSecond();
    String honest = lab.server().issuer().value();
    return List.of(
        new Variant("the iss of the target", right -> right.with("iss", honest)),
        new Variant("no iss", right -> right.without("iss")),
        new Variant("another aud", right -> right.with("aud", "another-client")),
        new Variant("no aud", right -> right.without("aud")),
        new Variant("expired an hour ago", right -> right.with("exp", now - 3600)),
        new Variant("no exp", right -> right.without("exp")),
        new Variant("alg none", right -> right.header("alg", "none").signedBy(_ -> new byte[0])),
        new Variant("signed by another key", right -> right.signedBy(lab.jose(), lab.newKey())),
        new Variant("a code put in after signing", SignedAnswerForged::tampered));
  }

  /** The signature stays that of the claims before. */
  private static Jwt tampered(Jwt right) {
    Jwt changed = right.with("code", "another-code");
    byte[] before = signature(right);
    return changed.signedBy(_ -> before);
  }

  private static byte[] signature(Jwt jwt) {
    String compact = jwt.compact();
    return java.util.Base64.getUrlDecoder().decode(compact.substring(compact.lastIndexOf('.') + 1));
  }
}
