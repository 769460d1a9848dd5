package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.util.Locale;

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
    Answer error = lab.browser().get(lab.client().authorizationUrl(wrong));
    judge(play, "the error page refuses to be framed", error);
  }

  private static void judge(Play play, String what, Answer page) {
    String policy = String.join("; ", page.headers().all("Content-Security-Policy"));
    String options = page.header("X-Frame-Options").orElse("").toLowerCase(Locale.ROOT);
    boolean said = policy.contains("frame-ancestors");
    boolean open = policy.contains("frame-ancestors *") || policy.contains("frame-ancestors http");
    if (!said && (options.equals("deny") || options.equals("sameorigin"))) {
      play.should(what, false, "by X-Frame-Options alone", "ATT-20");
    } else {
      // Where frame-ancestors is there, browsers ignore X-Frame-Options (CSP 3 section 6.4.2).
      boolean closed = said && !open;
      play.holds(what, closed, closed ? "frame-ancestors is set" : "it may be framed", "ATT-20");
    }
  }
}
