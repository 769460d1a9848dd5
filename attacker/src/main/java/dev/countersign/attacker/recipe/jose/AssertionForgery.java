package dev.countersign.attacker.recipe.jose;

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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Assertions of somebody who has not the client's key. */
final class AssertionForgery implements Recipe {
  private static final String RULE = "CA-3";

  @Override
  public About about() {
    return About.of("ATT-34", "assertion-forgery")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.ASSERTION)
        .stoppedBy(
            RULE, "the signature is checked by the keys of the client in sub, all claims too")
        .means("Anybody can act as the client.")
        .change(
            "Verify the signature by the registered keys of that very client, and demand iss, sub,"
                + " aud, exp and jti (OpenID Connect Core section 9).");
  }

  private static List<Variant> variants(Lab lab) throws IOException {
    SigningKey own = lab.newKey();
    List<Variant> all = new ArrayList<>();
    all.add(Variant.of("another key under the client's kid", jwt -> jwt.signedBy(lab.jose(), own)));
    all.add(
        Variant.of(
            "another key under its own kid",
            jwt -> jwt.signedBy(lab.jose(), own).header("kid", own.kid())));
    all.add(
        Variant.of(
            "another key without kid", jwt -> jwt.signedBy(lab.jose(), own).withoutHeader("kid")));
    all.add(Variant.of("a signature over other claims", AssertionForgery::swapped));
    all.add(
        Variant.of(
            "one bit of the signature changed", jwt -> jwt.signature(AssertionForgery::flipped)));
    for (String claim : List.of("iss", "sub", "aud", "exp", "jti")) {
      all.add(Variant.of("no " + claim, jwt -> jwt.without(claim)));
    }
    all.add(Variant.of("no claims at all", jwt -> jwt.rawClaims("{}")));
    if (Need.TWO_ASSERTIONS.isMet(lab.target(), lab.server())) {
      SigningKey other = lab.secondAsserting().key();
      all.add(
          Variant.of(
              "the key and kid of another registered client",
              jwt -> jwt.signedBy(lab.jose(), other).header("kid", other.kid())));
    }
    // A key of the server itself is published, and is nobody's to sign with here.
    return all;
  }

  private static Jwt swapped(Jwt jwt) {
    Jwt.Signer before = jwt.signer();
    return jwt.signedBy(_ -> before.sign("other claims".getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] flipped(byte[] signature) {
    signature[signature.length / 2] ^= 1;
    return signature;
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    new Doors(play, lab, RULE).assertions(client, variants(lab));
    String own = client.assertion().signedBy(lab.jose(), lab.newKey()).compact();
    play.refused(
        "a forged assertion, called by another type",
        client
            .attacking()
            .push()
            .but(
                call ->
                    call.unauthenticated()
                        .add("client_assertion", own)
                        .add(
                            "client_assertion_type",
                            "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"))
            .send(),
        Expected.invalidClient(RULE).orError("invalid_request"));
    play.refused(
        "a forged assertion without a type",
        client
            .attacking()
            .push()
            .but(call -> call.unauthenticated().add("client_assertion", own))
            .send(),
        Expected.invalidClient(RULE).orError("invalid_request"));
  }
}
