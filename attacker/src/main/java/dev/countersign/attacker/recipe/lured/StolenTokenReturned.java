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
import java.util.Optional;
import java.util.Set;

/** The attacker's server gives out a token that was stolen from the target (Cuckoo's Token). */
final class StolenTokenReturned implements Recipe {
  private static final String RULE = "SP-6.3";

  @Override
  public About about() {
    return About.of("A1-29", "cuckoo-token")
        .also("ATT-41")
        .by(Attacker.A1A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT_UNDER_TEST, Need.DPOP, Need.USER, Need.RESOURCE)
        .stoppedBy(RULE, "the client has another key for each server, and the resource compares")
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
    UserAgent hostile = lured.twinHostile(play);
    UserAgent honest = lured.twinHonest(play, lab.victim());
    play.twin("the client shows data to who came by the target's server", honest.get(data));
    keys(play, lured, honest, hostile);
    returned(play, lab, lured, data);
  }

  /**
   * The attacker sees by which key the client proves at its server; which key the tokens of the
   * target are bound to, nobody but the client and the target can see, so the client says it.
   */
  private static void keys(Play play, Lured lured, UserAgent honest, UserAgent hostile)
      throws IOException {
    String what =
        "the tokens of the target are bound to another key than the attacker's server saw";
    Set<String> seen = lured.hostile().provedKeys();
    Optional<String> atHostile = lured.boundTo(hostile);
    Optional<String> atHonest = lured.boundTo(honest);
    if (seen.isEmpty()) {
      play.unclear(what, "the client proved no DPoP key to the attacker's server", RULE);
    } else if (atHonest.isEmpty() || atHostile.isEmpty()) {
      play.unclear(what, "whoami does not say (jkt) which key the tokens are bound to", RULE);
    } else if (!seen.contains(atHostile.get())) {
      play.unclear(what, "whoami says another key than was proved to the attacker's server", RULE);
    } else if (seen.contains(atHonest.get())) {
      play.residual(
          what,
          RULE,
          "one key is for both servers: a token that was stolen from this client, and that the"
              + " attacker's server returns to it, opens what the victim's token opens");
    } else {
      play.holds(what, true, "the client has another key for each server", RULE);
    }
  }

  /** A token that was stolen elsewhere: the client's key is not its key in any case. */
  private static void returned(Play play, Lab lab, Lured lured, URI data) throws IOException {
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
        "the attacker's server returns a token of another key: the client is shown no data",
        !shown.isSuccess(),
        "the page with data answered " + shown.brief(),
        RULE);
  }
}
