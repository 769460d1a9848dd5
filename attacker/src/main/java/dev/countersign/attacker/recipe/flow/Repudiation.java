package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import java.io.IOException;

/** What cannot be proved afterwards, because nobody signed it. */
final class Repudiation implements Recipe {
  private static final String RULE = "MS-6.4";

  @Override
  public About about() {
    return About.of("ATT-67", "front-channel-repudiation")
        .by(Attacker.A1)
        .endangers(Goal.NON_REPUDIATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("ATT-67", "what passes through a browser names signed things, and is not signed")
        .means("Nobody can prove who opened a request, or what a browser brought back.")
        .change("Sign requests and responses (Message Signing); redirects stay unsigned.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    if (coded.back().signed().isEmpty()) {
      play.residual("an unsigned response", RULE, "a client of this server gets one");
    }
    play.residual(
        "the redirect to the server", RULE, "its URL is not signed, and says not who opened it");
    if (Need.SIGNED_RESPONSES.isMet(lab.target(), lab.server())) {
      Caller signing = lab.signedResponses();
      Coded signed =
          play.twin(
              "a client with signed responses", () -> signing.coded(lab.browser(), lab.victim()));
      play.holds(
          "where responses are signed, this one is",
          signed.back().signed().isPresent(),
          signed.back().signed().isPresent() ? "it is a JWT" : "it is none",
          "MS-5.4.1-1");
    }
  }
}
