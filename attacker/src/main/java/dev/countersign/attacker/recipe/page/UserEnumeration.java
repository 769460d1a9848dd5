package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;

/** Whether a name belongs to an account, told by how its login is refused. */
final class UserEnumeration implements Recipe {
  private static final String RULE = "A1-48";

  @Override
  public About about() {
    return About.of(RULE, "user-enum")
        .by(Attacker.A1)
        .endangers(Goal.BEYOND)
        .needs(Need.CLIENT, Need.SECOND_USER)
        .stoppedBy(RULE, "a wrong name and a wrong password are answered alike")
        .means("Anybody can find out who has an account.")
        .change("Answer both alike: same page, same status, same time (hash a password anyway).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    PageStory.right(play, lab);
    TestUser known = lab.attacker();
    String password =
        known.fill().keySet().stream()
            .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("pass"))
            .findFirst()
            .orElseThrow(() -> new NotApplicableException("no field of the login is a password"));
    TestUser wrong = with(known, Map.of(password, lab.random128()));
    String name =
        known.fill().keySet().stream()
            .filter(one -> !one.equals(password))
            .findFirst()
            .orElseThrow(() -> new NotApplicableException("no field of the login is a name"));
    String nobody = "nobody-" + lab.random128().substring(0, 8).toLowerCase(java.util.Locale.ROOT);
    TestUser absent = with(wrong, Map.of(name, nobody));
    Answer forKnown = refused(lab, wrong, password);
    Answer forAbsent = refused(lab, absent, password);
    String one = shape(forKnown, known.fill().get(name));
    String other = shape(forAbsent, nobody);
    play.holds(
        "a login with a wrong password and one with a name that nobody has",
        forKnown.status() == forAbsent.status() && one.equals(other),
        forKnown.status() == forAbsent.status() && one.equals(other)
            ? "the same page for both"
            : "told apart by " + difference(forKnown, forAbsent),
        RULE);
    hinted(play, lab, known.fill().get(name), nobody);
  }

  /** What a client hints at is answered alike, too. */
  private static void hinted(Play play, Lab lab, String known, String nobody) throws IOException {
    Caller client = lab.client();
    Answer one = client.push().but(call -> call.set("login_hint", known)).send();
    Answer other = client.push().but(call -> call.set("login_hint", nobody)).send();
    play.holds(
        "a login_hint of somebody and one of nobody",
        one.status() == other.status() && one.error().equals(other.error()),
        "answered " + one.brief() + " and " + other.brief(),
        RULE);
  }

  private static Answer refused(Lab lab, TestUser user, String password) throws IOException {
    UserAgent browser = lab.browser();
    Landing at = browser.open(lab.client().pushed().url());
    if (at instanceof Landing.Shown shown) {
      Optional<UserAgent.Filled> form = UserAgent.fill(shown.page(), user);
      if (form.isPresent()
          && browser.submit(form.get()) instanceof Landing.Shown refused
          && asksAgain(refused.page(), password)) {
        return refused.page();
      }
    }
    throw new NotApplicableException("a wrong password is not refused by a page that asks again");
  }

  /** A login that takes any password goes on to the next page. */
  private static boolean asksAgain(Answer page, String password) {
    return page.status() >= 400
        || !Jsoup.parse(page.text()).getElementsByAttributeValue("name", password).isEmpty();
  }

  private static TestUser with(TestUser user, Map<String, String> other) {
    Map<String, String> fill = new HashMap<>(user.fill());
    fill.putAll(other);
    return new TestUser(user.name(), fill, user.press());
  }

  /** The page without what differs each time. */
  private static String shape(Answer page, String typed) {
    return Jsoup.parse(page.text()).getAllElements().stream()
        .map(element -> element.tagName() + " " + element.ownText().replace(typed, "NAME"))
        .collect(Collectors.joining("\n"));
  }

  private static String difference(Answer one, Answer other) {
    return one.status() == other.status()
        ? "the text of the page"
        : "the status: " + List.of(one.status(), other.status());
  }
}
