package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.deployment.TestUser;
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
import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A session that the attacker knows before the person logs in to it. */
final class SessionFixation implements Recipe {
  private static final String RULE = "A1-35";
  private static final int MOST_PAGES = 5;

  @Override
  public About about() {
    return About.of(RULE, "session-fixation")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.AUTHENTICATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "a login begins a new session, in cookies that only this site can set")
        .means("The attacker plants a session in the person's browser and is logged in with them.")
        .change(
            "Make a new session at login; name cookies with the prefix __Host-, and set Secure,"
                + " HttpOnly and SameSite.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    UserAgent browser = lab.browser();
    Walk walk = PageStory.asking(play, lab, browser);
    Set<String> before = cookies(walk.pages().getFirst());
    Set<String> after = new TreeSet<>();
    browser.cookies().getCookieStore().getCookies().forEach(one -> after.add(one.toString()));
    if (after.isEmpty()) {
      play.unclear("the session changes at login", "the server sets no cookie", RULE);
    } else {
      play.holds(
          "the session changes at login",
          !before.containsAll(after),
          before.containsAll(after) ? "its cookies are those of before" : "it has a new cookie",
          RULE);
    }
    flags(play, walk);
    planted(play, lab);
    preset(play, lab, walk.pages().getFirst().url(), browser);
  }

  /** The attacker's browser shares the cookies that it had before the login, and none of after. */
  private static void planted(Play play, Lab lab) throws IOException {
    UserAgent victim = lab.browser();
    Walk login = Walk.through(victim, PageStory.asked(lab).url(), lab.victim(), 0);
    UserAgent attacker = lab.browser();
    URI site = login.pages().getFirst().url();
    for (HttpCookie cookie : victim.cookies().getCookieStore().getCookies()) {
      attacker.cookies().getCookieStore().add(site, cookie);
    }
    Filled first = login.lastForm();
    Walk.onward(
        victim, victim.follow(victim.post(first.action(), first.form(), List.of())), lab.victim());
    boolean in = isIn(attacker, lab);
    play.holds(
        "who knows the cookies of before the login is not logged in after it",
        !in,
        in ? "a code came back, and nothing was typed" : "no code comes back without a login",
        RULE);
  }

  /** The attacker makes up a value for each cookie of a login, and plants it before the login. */
  private static void preset(Play play, Lab lab, URI site, UserAgent known) throws IOException {
    UserAgent victim = lab.browser();
    UserAgent attacker = lab.browser();
    for (HttpCookie cookie : known.cookies().getCookieStore().getCookies()) {
      String value = shuffled(cookie.getValue(), lab);
      victim.cookies().getCookieStore().add(site, like(cookie, value));
      attacker.cookies().getCookieStore().add(site, like(cookie, value));
    }
    Walk login = Walk.through(victim, PageStory.asked(lab).url(), lab.victim());
    String what = "who planted cookies before the login is not logged in after it";
    if (!login.isDone()) {
      play.should(what, true, "nobody can log in with them", RULE);
      return;
    }
    boolean in = isIn(attacker, lab);
    play.holds(
        what, !in, in ? "a new request needed no login" : "a new request needs a login", RULE);
  }

  /** Of the same form, so that it may be taken for one of the server's own. */
  private static String shuffled(String value, Lab lab) {
    List<Integer> characters = new ArrayList<>(value.chars().boxed().toList());
    Collections.shuffle(characters, lab.random());
    StringBuilder text = new StringBuilder();
    characters.forEach(text::appendCodePoint);
    return text.toString();
  }

  private static HttpCookie like(HttpCookie cookie, String value) {
    HttpCookie other = (HttpCookie) cookie.clone();
    other.setValue(value);
    return other;
  }

  private static boolean isIn(UserAgent attacker, Lab lab) throws IOException {
    Landing end = untyped(attacker, lab.client().pushed().url(), lab.victim());
    return end instanceof Landing.Back back && back.code().isPresent();
  }

  /** Goes on as far as buttons lead, without typing what only the person knows. */
  private static Landing untyped(UserAgent browser, URI url, TestUser user) throws IOException {
    TestUser nobody = new TestUser("nobody", Map.of(), user.press());
    Landing at = browser.open(url);
    for (int i = 0; i < MOST_PAGES && at instanceof Landing.Shown shown; i++) {
      // The form is chosen as the person does it, so that a login is known for one.
      Optional<Filled> asked = UserAgent.fill(shown.page(), user);
      if (asked.isEmpty() || asks(asked.get(), user) || shown.page().status() >= 400) {
        return at;
      }
      at = browser.submit(UserAgent.fill(shown.page(), nobody).orElseThrow());
    }
    return at;
  }

  static boolean asks(Filled form, TestUser user) {
    return form.form().names().stream().anyMatch(user.fill()::containsKey);
  }

  private static void flags(Play play, Walk walk) {
    List<String> set = new ArrayList<>();
    walk.pages().forEach(page -> set.addAll(page.headers().all("Set-Cookie")));
    walk.posts().forEach(post -> set.addAll(post.headers().all("Set-Cookie")));
    for (String cookie : set) {
      String flags = cookie.toLowerCase(Locale.ROOT);
      String name = cookie.split("=", 2)[0].trim();
      List<String> lacking = new ArrayList<>();
      List.of("secure", "httponly", "samesite").stream()
          .filter(flag -> !flags.contains(flag))
          .forEach(lacking::add);
      if (!name.startsWith("__Host-")) {
        lacking.add("the prefix __Host-");
      }
      play.should(
          "the cookie " + name + " is the site's own",
          lacking.isEmpty(),
          lacking.isEmpty() ? "it has all flags" : "it lacks " + String.join(", ", lacking),
          RULE);
    }
  }

  private static Set<String> cookies(Answer page) {
    Set<String> values = new TreeSet<>();
    page.headers()
        .all("Set-Cookie")
        .forEach(text -> HttpCookie.parse(text).forEach(cookie -> values.add(cookie.toString())));
    return values;
  }
}
