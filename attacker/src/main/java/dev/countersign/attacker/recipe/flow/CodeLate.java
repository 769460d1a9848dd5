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
import dev.countersign.attacker.play.UserAgent;
import java.io.IOException;

/** A code that is redeemed after a minute. */
final class CodeLate implements Recipe {
  private static final String RULE = "SP-5.3.2.1-11";
  private static final int TOO_LATE_SECONDS = 61;

  @Override
  public About about() {
    return About.of("A1-21", "code-late")
        .also("ATT-06")
        .by(Attacker.A1, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "a code lives at most 60 seconds")
        .means("A code that leaked into a log or a history is still good when it is found there.")
        .change("Let codes live 60 seconds or less.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    play.twin("a code is redeemed at once", () -> client.tokens(browser, lab.victim()));
    Coded coded = client.coded(browser, lab.victim());
    lab.waitUntil(lab.now().plusSeconds(TOO_LATE_SECONDS));
    play.refused(
        "a code after " + TOO_LATE_SECONDS + " seconds",
        client.attacking().redeem(coded).send(),
        Expected.error(RULE, "invalid_grant").status(400));
  }
}
