package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Jwt;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Proofs made today for tomorrow, by somebody who has the key for a moment only. */
final class ProofAhead implements Recipe {
  private static final String RULE = "DP-15";
  private static final long[] AHEAD = {65, 3600, 86_400};
  private static final long SKEW = 10;

  @Override
  public About about() {
    return About.of("ATT-44", "proof-ahead")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "iat is not more than a minute ahead")
        .means("Who had the key once makes proofs for as long as they like.")
        .change("Refuse proofs whose iat is more than 60 seconds ahead; demand nonces.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    URI url = stolen.resource().url();
    for (long ahead : AHEAD) {
      Jwt proof =
          stolen
              .client()
              .proof("GET", url, Optional.of(stolen.token()))
              .with("iat", lab.now().getEpochSecond() + ahead);
      // A nonce of that time is what nobody has today.
      String made = proof.without("nonce").compact();
      play.refused(
          "at the resource, " + ahead + " seconds ahead",
          stolen.call().proofs(made).send(),
          Stolen.badProof(RULE).orError("use_dpop_nonce"));
    }
    play.passes(
        "at the resource, " + SKEW + " seconds ahead",
        stolen
            .client()
            .call(stolen.resource(), stolen.token())
            .proof(jwt -> jwt.with("iat", lab.now().getEpochSecond() + SKEW))
            .send(),
        RULE);
    atTheServer(play, stolen.client(), lab);
  }

  private static void atTheServer(Play play, Caller client, Lab lab) throws IOException {
    Coded coded = play.twin("a code", () -> client.coded(lab.browser(), lab.victim()));
    play.refused(
        "at the token endpoint, an hour ahead",
        client
            .attacking()
            .redeem(coded)
            .proof(jwt -> jwt.with("iat", lab.now().getEpochSecond() + AHEAD[1]).without("nonce"))
            .send(),
        Expected.error(RULE, "invalid_dpop_proof", "use_dpop_nonce").status(400));
  }
}
