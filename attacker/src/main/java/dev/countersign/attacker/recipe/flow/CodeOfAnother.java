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
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** A code that another client redeems, with its own credentials and all else right. */
final class CodeOfAnother implements Recipe {
  private static final String RULE = "OA-6";

  @Override
  public About about() {
    return About.of("A1-18", "code-other-client")
        .also("ATT-07")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.SECOND_CLIENT, Need.USER)
        .stoppedBy(RULE, "a code is bound to the client that it was made for")
        .means("A client of the attacker redeems codes that people gave to another.")
        .change("Compare the authenticated client with that of the code (RFC 6749 4.1.3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Caller other = lab.secondClient().attacking();
    UserAgent browser = lab.browser();
    play.twin("its own client redeems a code", () -> client.tokens(browser, lab.victim()));
    play.twin(
        "the other client redeems its own",
        () -> lab.secondClient().tokens(lab.browser(), lab.victim()));
    Expected refusal = Expected.error(RULE, "invalid_grant").status(400);
    Coded first = client.coded(browser, lab.victim());
    play.refused("by another client", other.redeem(first).send(), refusal);
    Answer afterwards = client.redeem(first).send();
    play.should(
        "what the right client is told afterwards",
        afterwards.status() < 500,
        "it is answered " + afterwards.brief(),
        RULE);
    Coded second = client.coded(browser, lab.victim());
    play.refused(
        "by another client, with the right redirect URI",
        other.redeem(second).set("redirect_uri", client.client().redirectUri().value()).send(),
        refusal);
    Coded third = client.coded(browser, lab.victim());
    play.refused(
        "by another client, which says it is the right one",
        other.redeem(third).set("client_id", client.id()).send(),
        Expected.error(RULE, "invalid_client", "invalid_grant", "invalid_request")
            .status(400, 401));
  }
}
