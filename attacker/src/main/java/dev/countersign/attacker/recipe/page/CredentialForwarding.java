package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** A redirect that makes the browser post what the person typed to the client. */
final class CredentialForwarding implements Recipe {

  @Override
  public About about() {
    return About.of("A1-38", "307-credentials")
        .also("ATT-18")
        .by(Attacker.A1A, Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("SP-5.3.2.2-10", "no redirect repeats the request")
        .means("The client that the person is sent to gets the person's password.")
        .change("Redirect with 303, never with 307 or 308.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Walk right = PageStory.asking(play, lab);
    for (int i = 0; i < right.posts().size(); i++) {
      Answer post = right.posts().get(i);
      if (post.isRedirect()) {
        String what = "the redirect after form " + (i + 1);
        boolean repeats = post.status() == 307 || post.status() == 308;
        if (repeats) {
          play.holds(what, false, "its status is " + post.status(), "SP-5.3.2.2-10");
        } else {
          play.should(
              what, post.status() == 303, "its status is " + post.status(), "SP-5.3.2.2-11");
        }
      }
    }
  }
}
