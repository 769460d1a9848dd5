package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.util.List;

/** A proof that was made for another token. */
final class ProofToken implements Recipe {
  private static final String RULE = "DP-4";

  @Override
  public About about() {
    return About.of("A7-06", "proof-ath")
        .also("ATT-46")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "ath says which token a proof is for")
        .means("A proof that was made for one token lets another of the same key in.")
        .change("Compare ath with the hash of the token that came (RFC 9449 section 4.3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    for (ProofVariant variant : variants(stolen.token())) {
      play.refused(
          variant.what(), stolen.call().proof(variant.change()).send(), Stolen.badProof(RULE));
    }
  }

  private static List<ProofVariant> variants(String token) {
    String right = Caller.sha256(token);
    return List.of(
        new ProofVariant("no ath", jwt -> jwt.without("ath")),
        new ProofVariant("ath of another token", jwt -> jwt.with("ath", Caller.sha256("other"))),
        new ProofVariant("ath with padding", jwt -> jwt.with("ath", right + "=")),
        new ProofVariant("an empty ath", jwt -> jwt.with("ath", "")),
        new ProofVariant("half of ath", jwt -> jwt.with("ath", right.substring(0, 22))),
        new ProofVariant("the token as ath", jwt -> jwt.with("ath", token)),
        new ProofVariant("ath as a list", jwt -> jwt.with("ath", List.of(right))),
        new ProofVariant("ath as a number", jwt -> jwt.with("ath", 0L)));
  }
}
