package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.Optional;

/** Whoever sees the request uses it first, and gives the victim the answer. */
final class RequestLeakForgery implements Recipe {
  private static final String RULE = "SP-6.4";

  @Override
  public About about() {
    return About.of("A3-02", "request-leak-csrf")
        .also("ATT-10")
        .by(Attacker.A3A)
        .endangers(Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER, Need.SECOND_USER)
        .stoppedBy(RULE, "a request_uri is answered once, and its code is short-lived")
        .means("The victim works with the attacker's account, believing it to be their own.")
        .change(
            "Let a request_uri be answered once; an attacker who is first is stopped by nothing"
                + " but the victim's own eyes.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Coded first = play.twin("the victim is first", () -> client.coded(lab.browser(), lab.victim()));
    play.refused(
        "the attacker, who comes second",
        lab.browser().authorize(first.pushed().url(), lab.attacker()),
        "PAR-8");
    play.twin("the victim's code is redeemed", client.redeem(first).send());
    Pushed leaked = client.pushed();
    Landing attackers = lab.browser().authorize(leaked.url(), lab.attacker());
    play.refused(
        "the victim, who comes second",
        lab.browser().authorize(leaked.url(), lab.victim()),
        "PAR-8");
    Optional<String> code = Flows.code(attackers);
    if (code.isEmpty()) {
      play.should(
          "the attacker, who comes first", true, "the browser " + Flows.brief(attackers), RULE);
      return;
    }
    Answer planted = client.attacking().redeem(code.get(), leaked.verifier()).send();
    if (planted.isSuccess()) {
      play.residual(
          "the attacker, who comes first",
          RULE,
          "the attacker's answer fits the victim's session: the request has no owner until somebody"
              + " logs in");
    } else {
      play.should("the attacker, who comes first", true, "it is answered " + planted.brief(), RULE);
    }
    play.refused(
        "that code a second time",
        client.attacking().redeem(code.get(), leaked.verifier()).send(),
        Expected.error("SP-5.3.2.2-9", "invalid_grant").status(400));
  }
}
