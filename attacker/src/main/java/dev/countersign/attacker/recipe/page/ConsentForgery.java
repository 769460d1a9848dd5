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
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The person's consent, given by another site in the person's browser, or by another browser. */
final class ConsentForgery implements Recipe {
  private static final String RULE = "A1-33";

  @Override
  public About about() {
    return About.of("A1-33", "consent-csrf")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "consent needs the page's own token, from the page's own browser")
        .means("A page of the attacker's gives consent in the name of whoever visits it.")
        .change(
            "Bind each form to the browser session by a token that others cannot know, and refuse"
                + " posts from other origins.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Walk right = PageStory.right(play, lab);
    int consent = right.forms().size() - 1;
    UserAgent browser = lab.browser();
    Walk walk = Walk.through(browser, PageStory.asked(lab).url(), lab.victim(), consent);
    Filled form = walk.lastForm();
    for (String name : form.form().names()) {
      if (form.form().values(name).stream().anyMatch(ConsentForgery::isSecret)) {
        given(play, "consent without the field " + name, browser, form, form.form().without(name));
        Form changed = changed(form.form(), name, lab.random128());
        given(play, "consent with another value of " + name, browser, form, changed);
      }
    }
    UserAgent stranger = lab.browser();
    given(
        play,
        "consent from another browser",
        stranger.follow(stranger.post(form.action(), form.form(), List.of())));
    Landing lateral = lateral(browser, form);
    boolean given = isGiven(lateral);
    play.should(
        "consent with the right fields, sent by another site",
        !given,
        given ? "it is taken: only what the site cannot know protects it" : "it is not taken",
        RULE);
  }

  /** Showing the page again is a refusal, too. */
  private static void given(Play play, String what, UserAgent browser, Filled page, Form sent)
      throws IOException {
    given(play, what, browser.follow(browser.post(page.action(), sent, List.of())));
  }

  private static void given(Play play, String what, Landing landing) {
    boolean given = isGiven(landing);
    play.holds(what, !given, given ? "the browser came back with a code" : "no code", RULE);
  }

  private static boolean isGiven(Landing landing) {
    return landing instanceof Landing.Back back && back.code().isPresent();
  }

  private static Landing lateral(UserAgent browser, Filled form) throws IOException {
    return browser.follow(
        browser.post(
            form.action(),
            form.form(),
            List.of(
                Map.entry("Origin", "https://attacker.invalid"),
                Map.entry("Referer", "https://attacker.invalid/"),
                Map.entry("Sec-Fetch-Site", "cross-site"))));
  }

  /** Long values are those that nobody types or chooses. */
  private static boolean isSecret(String value) {
    return value.length() >= 16;
  }

  private static Form changed(Form form, String other, String value) {
    Form.Builder changed = Form.builder();
    form.names()
        .forEach(
            name ->
                form.values(name)
                    .forEach(was -> changed.add(name, name.equals(other) ? value : was)));
    return changed.build();
  }
}
