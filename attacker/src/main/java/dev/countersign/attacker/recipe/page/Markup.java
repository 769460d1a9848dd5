package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Markup in what a client or a link can bring to the server's pages. */
final class Markup implements Recipe {
  private static final String MARK = "\"><script>countersign()</script><img src=x onerror=x>'";
  private static final List<String> PUSHED =
      List.of("state", "login_hint", "ui_locales", "display", "acr_values", "claims_locales");

  @Override
  public About about() {
    return About.of("A1-37", "xss-reflect")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("A1-37", "pages escape what they show, and run no script of others")
        .means(
            "A script of the attacker's runs on the login page: it reads requests and passwords.")
        .change(
            "Escape everything by its place in the page, and send a Content-Security-Policy without"
                + " 'unsafe-inline' for scripts.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Walk right = PageStory.right(play, lab);
    Caller client = lab.client();
    for (String name : PUSHED) {
      Push push =
          client
              .push()
              .but(call -> call.set("prompt", "consent"))
              .but(call -> call.set(name, MARK));
      Answer pushed = push.send();
      if (pushed.isSuccess()) {
        Walk walk = Walk.through(lab.browser(), push.pushed(pushed).url(), lab.victim());
        List<Answer> seen = new ArrayList<>(walk.pages());
        if (walk.end() instanceof Landing.Shown last) {
          seen.add(last.page());
        }
        judge(play, "markup in " + name, seen);
      } else {
        judge(play, "markup in " + name, List.of(pushed));
      }
    }
    for (String name : List.of("client_id", "request_uri", "error_description")) {
      Form query =
          Form.builder()
              .add("client_id", name.equals("client_id") ? MARK : client.id())
              .add("request_uri", name.equals("request_uri") ? MARK : "urn:x")
              .add("error_description", MARK)
              .build();
      Landing at = lab.browser().open(client.authorizationUrl(query));
      judge(
          play,
          "markup in " + name + " of the URL",
          at instanceof Landing.Shown shown ? List.of(shown.page()) : List.of());
    }
    for (Answer page : right.pages()) {
      policy(play, page);
    }
  }

  private static void judge(Play play, String what, List<Answer> pages) {
    boolean raw = pages.stream().anyMatch(Markup::isRaw);
    play.holds(
        what, !raw, raw ? "it stands in the page as it is" : "it is not in the page", "A1-37");
  }

  private static boolean isRaw(Answer page) {
    return page.header("Content-Type").orElse("").contains("html")
        && page.text().contains("<script>countersign()");
  }

  private static void policy(Play play, Answer page) {
    String policy =
        String.join("; ", page.headers().all("Content-Security-Policy")).toLowerCase(Locale.ROOT);
    String scripts = directive(policy, "script-src", directive(policy, "default-src", ""));
    boolean strict =
        !scripts.isEmpty()
            && (!scripts.contains("'unsafe-inline'")
                || scripts.contains("'nonce-")
                || scripts.contains("'sha256-"));
    play.should(
        "the page's policy runs no script of others",
        strict,
        scripts.isEmpty() ? "there is no policy for scripts" : "script-src" + scripts,
        "A1-37");
  }

  private static String directive(String policy, String name, String otherwise) {
    for (String one : policy.split(";", -1)) {
      if (one.trim().startsWith(name + " ")) {
        return one.trim().substring(name.length());
      }
    }
    return otherwise;
  }
}
