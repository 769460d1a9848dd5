package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** A refresh token is used twice: a lost answer must not cost the person's grant. */
final class RefreshTwice implements Recipe {

  @Override
  public About about() {
    return About.of("A5-08", "refresh-rotation")
        .by(Attacker.A2)
        .endangers(Goal.BEYOND)
        .needs(Need.REFRESH, Need.USER)
        .stoppedBy("A5-08", "refresh tokens stay, or the old one works for a while")
        .means("Whoever cuts one connection takes the grant away from client and person.")
        .change(
            "Do not change refresh tokens of clients that authenticate, or let the old one work"
                + " again for a while (FAPI 2.0 section 5.3.2.1).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.refreshing();
    Tokens first = play.twin("tokens", () -> client.tokens(lab.browser(), lab.victim()));
    String refresh = first.needRefresh();
    Tokens second =
        play.twin("the client refreshes", () -> Tokens.of(client.refresh(refresh).send()));
    play.passes("the same refresh token again", client.refresh(refresh).send(), "A5-08");
    if (second.refresh().filter(one -> !one.equals(refresh)).isPresent()) {
      Answer next = client.refresh(second.needRefresh()).send();
      play.passes("the refresh token that came in its place", next, "A5-08");
    }
  }
}
