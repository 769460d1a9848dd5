package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.recipe.page.Unguessable.Seen;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The person's consent, given by another site in the person's browser, or by another browser. */
final class ConsentForgery implements Recipe {
  private static final String RULE = "A1-33";
  private static final String SITE = "https://attacker.invalid";

  @Override
  public About about() {
    return About.of(RULE, "consent-csrf")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "consent needs the page's own token, from the page's own browser")
        .means("A page of the attacker's gives consent in the name of whoever visits it.")
        .change(
            "Bind each form to the browser session by a token that others cannot know, and refuse"
                + " posts from other origins.");
  }

  /** A browser at the consent page, which it has filled in and not sent. */
  private record AtConsent(UserAgent browser, Seen seen, URI url) {
    static AtConsent of(Lab lab, int page) throws IOException {
      UserAgent browser = lab.browser();
      Pushed pushed = PageStory.asked(lab);
      Walk walk = Walk.through(browser, pushed.url(), lab.victim(), page);
      return new AtConsent(
          browser, new Seen(walk.lastForm(), known(lab, pushed)), walk.pages().getLast().url());
    }

    /** Whoever began the request knows what is in it. */
    private static List<String> known(Lab lab, Pushed pushed) {
      return List.of(
          pushed.requestUri(),
          pushed.state(),
          pushed.nonce(),
          Caller.sha256(pushed.verifier()),
          lab.client().id(),
          lab.client().client().scope(),
          lab.client().client().redirectUri().value());
    }

    Filled form() {
      return seen.form();
    }

    URI action() {
      return form().action();
    }

    Landing post(Form form, List<Map.Entry<String, String>> fields) throws IOException {
      return browser.follow(browser.post(action(), form, fields));
    }
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    int page = PageStory.asking(play, lab).forms().size() - 1;
    AtConsent other = AtConsent.of(lab, page);
    AtConsent own = AtConsent.of(lab, page);
    Unguessable secrets = Unguessable.of(own.seen(), other.seen());
    Unguessable tokens = Unguessable.of(own.seen().at(own.url()), other.seen().at(other.url()));
    if (!tokens.fields().isEmpty()) {
      without(play, lab, page, tokens, other.form().form());
    }
    UserAgent stranger = lab.browser();
    given(
        play,
        "consent from another browser",
        stranger.follow(stranger.post(own.action(), own.form().form(), List.of())));
    if (secrets.isNone()) {
      AtConsent visited = AtConsent.of(lab, page);
      given(
          play,
          "consent by another site, which can know the whole form, with the cookies that go along",
          visited
              .browser()
              .follow(visited.browser().postFrom(SITE, visited.action(), visited.form().form())));
    }
    AtConsent near = AtConsent.of(lab, page);
    boolean given = isGiven(near.post(near.form().form(), lateral()));
    play.should(
        "consent with the right fields and cookies, sent by another site",
        !given,
        given ? "it is taken: only what the site cannot know or send protects it" : "not taken",
        RULE);
  }

  /** One field that matters is enough, so all of them go at once. */
  private static void without(Play play, Lab lab, int page, Unguessable tokens, Form others)
      throws IOException {
    String names = String.join(", ", new TreeSet<>(tokens.fields()));
    AtConsent without = AtConsent.of(lab, page);
    given(
        play,
        "consent without what differs each time: " + names,
        without.post(tokens.without(without.form().form()), List.of()));
    AtConsent changed = AtConsent.of(lab, page);
    Form random = tokens.replaced(changed.form().form(), Optional.empty(), lab.random128());
    given(play, "consent with other values of " + names, changed.post(random, List.of()));
    AtConsent foreign = AtConsent.of(lab, page);
    Form taken = tokens.replaced(foreign.form().form(), Optional.of(others), lab.random128());
    given(
        play,
        "consent with the values of another browser: " + names,
        foreign.post(taken, List.of()));
  }

  private static void given(Play play, String what, Landing landing) {
    boolean given = isGiven(landing);
    play.holds(what, !given, given ? "the browser came back with a code" : "no code", RULE);
  }

  /** Showing the page again is a refusal, too. */
  private static boolean isGiven(Landing landing) {
    return landing instanceof Landing.Back back && back.code().isPresent();
  }

  private static List<Map.Entry<String, String>> lateral() {
    return List.of(
        Map.entry("Origin", SITE),
        Map.entry("Referer", SITE + "/"),
        Map.entry("Sec-Fetch-Site", "cross-site"));
  }
}
