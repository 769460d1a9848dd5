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
    Walk walk = Walk.through(browser, lab.client().pushed().url(), lab.victim(), consent);
    Filled form = walk.lastForm();
    Form bare = withoutSecrets(form.form());
    given(
        play,
        "consent without the hidden fields of the page",
        browser.follow(browser.post(form.action(), bare, List.of())));
    given(
        play,
        "consent with other values in them",
        browser.follow(browser.post(form.action(), foreign(lab, form.form()), List.of())));
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

  private static Form withoutSecrets(Form form) {
    Form.Builder bare = Form.builder();
    form.names()
        .forEach(
            name ->
                form.values(name).stream()
                    .filter(value -> !isSecret(value))
                    .forEach(value -> bare.add(name, value)));
    return bare.build();
  }

  private static Form foreign(Lab lab, Form form) {
    Form.Builder changed = Form.builder();
    form.names()
        .forEach(
            name ->
                form.values(name)
                    .forEach(
                        value -> changed.add(name, isSecret(value) ? lab.random128() : value)));
    return changed.build();
  }
}
