package dev.countersign.attacker.recipe.lured;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;

/** The attacker's server gives out a token that was stolen from the target (Cuckoo's Token). */
final class StolenTokenReturned implements Recipe {

  @Override
  public About about() {
    return About.of("A1-29", "cuckoo-token")
        .also("ATT-41")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT_UNDER_TEST, Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(
            "SP-6.3", "the client has another key for each server, and the resource compares")
        .means("The attacker reads data of others through a client that works with its server.")
        .change(
            "Bind the tokens of each authorization server to a key of its own, and compare the"
                + " binding at the resource.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Lured lured = new Lured(lab);
    URI data =
        lured
            .app()
            .data()
            .orElseThrow(() -> new NotApplicableException("the client has no page with data"));
    lured.twinHostile(play);
    UserAgent honest = lured.twinHonest(play, lab.victim());
    play.twin("the client shows data to who came by the target's server", honest.get(data));
    Tokens stolen =
        play.twin(
            "a token for the person", () -> lab.proving().tokens(lab.browser(), lab.victim()));
    play.twin("it is good", lab.proving().call(lab.resource(), stolen.access()).send());
    lured
        .hostile()
        .play(Script.tokens(right -> Script.with(right, "access_token", stolen.access())));
    UserAgent browser = lured.browser();
    browser.authorize(lured.app().startHostile(), lab.victim());
    Answer shown = browser.get(data);
    play.holds(
        "the attacker's server returns it: the client, which has another key, is shown no data",
        !shown.isSuccess(),
        "the page with data answered " + shown.brief(),
        "SP-6.3");
  }
}
