package dev.countersign.attacker.recipe.page;

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
import java.util.List;
import java.util.Locale;

/** What pages and token answers leave behind: in the Referer field, in caches, over plain HTTP. */
final class LeakyHeaders implements Recipe {

  @Override
  public About about() {
    return About.of("A1-40", "referrer-cache-hsts")
        .by(Attacker.A1, Attacker.A2, Attacker.A3A)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy("A1-40", "answers are not stored, not told to other sites, and HTTPS stays")
        .means("Requests, codes or tokens are read later, from a cache, a log or another site.")
        .change(
            "Send Cache-Control: no-store, Referrer-Policy: no-referrer and"
                + " Strict-Transport-Security.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Walk right = PageStory.right(play, lab);
    for (int i = 0; i < right.pages().size(); i++) {
      Answer page = right.pages().get(i);
      String name = "page " + (i + 1);
      has(play, name, page, "Cache-Control", "no-store");
      has(play, name, page, "Referrer-Policy", "no-referrer", "same-origin", "origin");
      has(play, name, page, "Strict-Transport-Security", "max-age");
    }
    if (!right.posts().isEmpty()) {
      has(play, "the redirect to the client", right.posts().getLast(), "Cache-Control", "no-store");
    }
    Caller client = lab.client();
    Tokens tokens = client.tokens(lab.browser(), lab.victim());
    boolean stored = !value(tokens.answer(), "Cache-Control").contains("no-store");
    play.holds(
        "the token answer is not stored",
        !stored,
        stored ? "caches may store it" : "it says no-store",
        "A1-40");
  }

  private static void has(Play play, String what, Answer answer, String field, String... values) {
    String value = value(answer, field);
    boolean held = List.of(values).stream().anyMatch(value::contains);
    play.should(
        what + " has " + field + ": " + values[0],
        held,
        value.isEmpty() ? "it has none" : "it has " + value,
        "A1-40");
  }

  private static String value(Answer answer, String field) {
    return String.join(", ", answer.headers().all(field)).toLowerCase(Locale.ROOT);
  }
}
