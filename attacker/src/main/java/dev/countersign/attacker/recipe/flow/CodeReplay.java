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
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** A code that is redeemed a second time. */
final class CodeReplay implements Recipe {

  @Override
  public About about() {
    return About.of("A1-19", "code-replay")
        .also("ATT-05")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.RESOURCE)
        .stoppedBy("SP-5.3.2.2-9", "a code is redeemed once")
        .means("A code that leaked after its use still gives tokens.")
        .change(
            "Take a code once, in one atomic step, and revoke what it gave when it comes again (RFC"
                + " 6749 section 4.1.2).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    Tokens first = play.twin("the code is redeemed", () -> Tokens.of(client.redeem(coded).send()));
    play.twin("the token is good", client.call(lab.resource(), first.access()).send());
    play.refused(
        "the same code again",
        client.attacking().redeem(coded).send(),
        Expected.error("SP-5.3.2.2-9", "invalid_grant").status(400));
    Answer after = client.call(lab.resource(), first.access()).send();
    play.should(
        "the token of the first redemption is dead",
        !after.isSuccess(),
        "the resource answered " + after.brief(),
        "SP-5.3.2.2-9");
  }
}
