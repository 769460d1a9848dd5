package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;

/** A victim's code that the attacker puts into a flow of their own. */
final class CodeInjection implements Recipe {
  private static final String RULE = "SP-5.3.2.2-5";

  @Override
  public About about() {
    return About.of("A1-17", "code-injection")
        .also("ATT-04")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT, Need.USER, Need.SECOND_USER)
        .stoppedBy(RULE, "the verifier of the attacker's flow does not fit the victim's code")
        .means("Whoever has a code that leaked is logged in as its owner, at the honest client.")
        .change("Compare code_verifier with the challenge that the code was made for.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent victims = lab.browser();
    UserAgent attackers = lab.browser();
    play.twin("the victim's own flow", () -> client.tokens(victims, lab.victim()));
    Coded leaked = client.coded(victims, lab.victim());
    Coded own = play.twin("the attacker's", () -> client.coded(attackers, lab.attacker()));
    Expected refusal = Expected.error(RULE, "invalid_grant").status(400);
    play.refused(
        "the victim's code, in the attacker's flow",
        client.attacking().redeem(leaked.code(), own.pushed().verifier()).send(),
        refusal);
    Coded planted = client.coded(attackers, lab.attacker());
    Pushed victimsFlow = client.pushed();
    play.refused(
        "the attacker's code, in the victim's flow",
        client.attacking().redeem(planted.code(), victimsFlow.verifier()).send(),
        refusal);
    play.twin("the attacker's own code, in its flow", client.redeem(own).send());
  }
}
