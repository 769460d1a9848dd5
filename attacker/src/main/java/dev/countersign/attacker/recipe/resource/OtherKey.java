package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.protocol.jose.SigningKey;
import java.io.IOException;
import java.util.Optional;

/** A stolen token with a proof of the thief's own key. */
final class OtherKey implements Recipe {
  private static final String RULE = "SP-5.3.4-5";

  @Override
  public About about() {
    return About.of("A7-02", "other-key")
        .also("ATT-40")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "the key of the proof is that of the token")
        .means("Whoever sees a token can use it by a key of their own.")
        .change(
            "Compare the thumbprint of the proof's key with cnf.jkt of the token (RFC 9449 section"
                + " 7.1).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    SigningKey own = lab.newKey();
    Caller thief = stolen.client().withKey(own).attacking();
    play.refused(
        "the thief's key",
        thief.call(stolen.resource(), stolen.token()).send(),
        Stolen.unbound(RULE));
    play.refused(
        "the thief's signature under the client's key",
        stolen.call().proof(jwt -> jwt.signedBy(lab.jose(), own)).send(),
        Stolen.badProof("DP-4"));
    play.refused(
        "the thief's key, with the kid of the client's",
        thief
            .call(stolen.resource(), stolen.token())
            .proof(jwt -> jwt.header("kid", stolen.client().dpopKey().thumbprint().value()))
            .send(),
        Stolen.unbound(RULE));
    play.refused(
        "the client's proof and, first, the thief's",
        stolen
            .call()
            .proofs(
                thief.proof("GET", stolen.resource().url(), Optional.of(stolen.token())).compact(),
                stolen
                    .client()
                    .proof("GET", stolen.resource().url(), Optional.of("another"))
                    .compact())
            .send(),
        Stolen.badProof("DP-1"));
  }
}
