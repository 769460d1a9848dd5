package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where login and logout lead afterwards, chosen by somebody else. */
final class ReturnParameter implements Recipe {
  private static final String ELSEWHERE = "https://attacker.invalid/phish";
  private static final List<String> NAMES =
      List.of("return_to", "continue", "redirect", "redirect_uri", "next", "target", "url", "goto");

  @Override
  public About about() {
    return About.of("A1-12", "post-login-redirect")
        .by(Attacker.A1)
        .endangers(Goal.AUTHENTICATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("SP-5.3.2.1-7", "the server leads to registered redirect URIs alone")
        .means("A link to the real login page ends at the attacker's copy of it.")
        .change("Keep where to go on the server; take no URL for it from the browser.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Walk right = PageStory.asking(play, lab);
    for (int page = 0; page < right.forms().size(); page++) {
      UserAgent browser = lab.browser();
      Walk walk = Walk.through(browser, PageStory.asked(lab).url(), lab.victim(), page);
      Filled form = walk.lastForm();
      judge(
          play,
          "the form of page " + (page + 1) + " with other places to go to",
          end(lab, browser, browser.post(form.action(), tampered(form.form()), List.of())));
      UserAgent next = lab.browser();
      Filled again = Walk.through(next, PageStory.asked(lab).url(), lab.victim(), page).lastForm();
      judge(
          play,
          "page " + (page + 1) + " with other places to go to in its URL",
          end(lab, next, next.post(withQuery(again.action()), again.form(), List.of())));
    }
    Optional<URI> logout = lab.server().endpoint("end_session_endpoint");
    if (logout.isPresent()) {
      URI url = withQuery(logout.get(), "post_logout_redirect_uri");
      judge(play, "logout to an unregistered place", lab.browser().open(url));
    }
  }

  /** What names a place names the attacker's, and what could is added. */
  private static Form tampered(Form form) {
    Form.Builder changed = Form.builder();
    for (String name : form.names()) {
      for (String value : form.values(name)) {
        boolean place = value.startsWith("/") || value.toLowerCase(Locale.ROOT).startsWith("http");
        changed.add(name, place ? ELSEWHERE : value);
      }
    }
    NAMES.stream().filter(name -> !form.has(name)).forEach(name -> changed.add(name, ELSEWHERE));
    return changed.build();
  }

  private static URI withQuery(URI url) {
    return withQuery(url, NAMES.toArray(String[]::new));
  }

  private static URI withQuery(URI url, String... names) {
    Form.Builder query = Form.builder();
    List.of(names).forEach(name -> query.add(name, ELSEWHERE));
    String join = url.getRawQuery() == null ? "?" : "&";
    return URI.create(url + join + query.build().encode());
  }

  /** Where it ends, by all redirects and the pages that follow. */
  private static Landing end(Lab lab, UserAgent browser, Answer posted) throws IOException {
    return Walk.onward(browser, browser.follow(posted), lab.victim());
  }

  private static void judge(Play play, String what, Landing end) {
    boolean led =
        end instanceof Landing.Elsewhere other && "attacker.invalid".equals(other.to().getHost());
    String where = end instanceof Landing.Back ? "came back to the client" : UserAgent.brief(end);
    play.holds(what, !led, "the browser ended here: " + where, "SP-5.3.2.1-7");
  }
}
