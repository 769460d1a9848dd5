package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** A whole token request, captured where it was sent and sent again as it was. */
final class CapturedRequest implements Recipe {
  private static final String RULE = "SP-5.3.2.2-9";

  @Override
  public About about() {
    return About.of("A5-02", "captured-request")
        .by(Attacker.A4)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.ASSERTION, Need.USER)
        .stoppedBy(RULE, "code, assertion and proof are good once")
        .means("Whoever saw one token request gets tokens of the same grant.")
        .change("Take codes once, and remember the jti of assertions and proofs while they live.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    UserAgent browser = lab.browser();
    Coded coded = play.twin("a person agrees", () -> client.coded(browser, lab.victim()));
    FormCall honest = client.redeem(coded);
    play.twin("the code is redeemed", () -> Tokens.of(honest.send()));
    play.refused(
        "the whole request again, as it was",
        captured(client.attacking().redeem(coded), honest, true, true).send(),
        Expected.error(RULE, "invalid_grant", "invalid_client", "invalid_dpop_proof")
            .orError("use_dpop_nonce"));
    if (honest.sentProof().isPresent()) {
      Coded next = play.twin("the person agrees anew", () -> client.coded(browser, lab.victim()));
      piece(
          play,
          "its proof with a new code is refused",
          captured(client.attacking().redeem(next), honest, false, true).send(),
          "DP-15");
    }
    // What was taken has used the code up.
    Coded last = play.twin("the person agrees anew", () -> client.coded(browser, lab.victim()));
    piece(
        play,
        "its assertion with a new code is refused",
        captured(client.attacking().redeem(last), honest, true, false).send(),
        "A5-02");
  }

  /** A profile that wants no memory for them has no attack here: the code is what counts. */
  private static void piece(Play play, String what, Answer answer, String rule) {
    play.should(
        what, !answer.isSuccess() && answer.status() < 500, "answered " + answer.brief(), rule);
  }

  private static FormCall captured(
      FormCall call, FormCall honest, boolean assertion, boolean proof) {
    if (assertion) {
      honest.sentAssertion().ifPresent(call::assertions);
    }
    if (proof) {
      honest.sentProof().ifPresent(call::proofs);
    }
    return call;
  }
}
