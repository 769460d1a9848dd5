package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.attacker.wire.Line;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** A proof that was read after its use, sent again. */
final class ProofReplay implements Recipe {
  private static final String RULE = "SP-6.2";
  private static final int AT_ONCE = 8;

  @Override
  public About about() {
    return About.of("A7-04", "proof-replay")
        .also("ATT-43")
        .by(Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "a proof is good once")
        .means("Whoever reads requests can repeat them, with other content too.")
        .change(
            "Remember the jti of each proof for as long as it would be taken, in one atomic step"
                + " and for all nodes (RFC 9449 section 11.1).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Stolen stolen = Stolen.of(lab.proving(), play, lab);
    ResourceCall honest = stolen.client().call(stolen.resource(), stolen.token());
    play.twin("the client reads the resource", honest.send());
    String seen = honest.sentProof().orElseThrow();
    play.refused("the same request again", stolen.call().proofs(seen).send(), refused());
    play.refused(
        "the same proof with content",
        stolen.call().proofs(seen).content("text/plain", Line.latin1("another")).send(),
        refused());
    URI asked = stolen.resource().url();
    play.refused(
        "the same proof with a query",
        stolen
            .call()
            .at(URI.create(asked + (asked.getRawQuery() == null ? "?" : "&") + "page=2"))
            .proofs(seen)
            .send(),
        refused());
    atOnce(play, stolen, lab);
  }

  private static void atOnce(Play play, Stolen stolen, Lab lab) throws IOException {
    Caller client = stolen.client();
    String proof =
        client.proof("GET", stolen.resource().url(), Optional.of(stolen.token())).compact();
    Callable<Answer> one = () -> stolen.call().proofs(proof).send();
    List<Answer> answers = lab.inParallel(Collections.nCopies(AT_ONCE, one));
    long good = answers.stream().filter(Answer::isSuccess).count();
    String what = "one fresh proof, " + AT_ONCE + " times at once";
    String found = good + " of " + AT_ONCE + " were let in";
    if (good == 0 || answers.stream().filter(Answer::isBusy).count() > AT_ONCE - 2) {
      play.unclear(what, found + ", so that nothing raced", RULE);
    } else {
      play.holds(what, good == 1, found, RULE);
    }
  }

  private static Expected refused() {
    return Expected.error(RULE, "invalid_dpop_proof", "use_dpop_nonce").status(400, 401);
  }
}
