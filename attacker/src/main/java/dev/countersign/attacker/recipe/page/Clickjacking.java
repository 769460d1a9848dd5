package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.io.IOException;

/** The server's pages inside a page of the attacker's. */
final class Clickjacking implements Recipe {

  @Override
  public About about() {
    return About.of("A1-36", "clickjacking")
        .also("ATT-20")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("ATT-20", "no page of the server may be framed")
        .means("A person clicks on something else and gives consent.")
        .change("Send Content-Security-Policy: frame-ancestors 'none' with every page.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Walk right = PageStory.right(play, lab);
    for (int page = 0; page < right.pages().size(); page++) {
      judge(play, "page " + (page + 1) + " refuses to be framed", right.pages().get(page));
    }
    Form wrong = Form.builder().add("client_id", lab.client().id()).add("request_uri", "x").build();
    if (lab.browser().open(lab.client().authorizationUrl(wrong)) instanceof Landing.Shown error) {
      judge(play, "the error page refuses to be framed", error.page());
    }
  }

  private static void judge(Play play, String what, Answer page) {
    Framing framing = Framing.of(page);
    switch (framing) {
      case REFUSED -> play.holds(what, true, framing.said(), "ATT-20");
      case BY_OLD_FIELD, NAMED, NO_PAGE -> play.should(what, false, framing.said(), "ATT-20");
      case OPEN -> play.holds(what, false, framing.said(), "ATT-20");
    }
  }
}
