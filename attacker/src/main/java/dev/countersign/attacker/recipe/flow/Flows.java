package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What several recipes here look at. */
final class Flows {
  private static final int MOST_PAGES = 10;

  private Flows() {}

  /** Whether a browser is back at the redirect URI of this client, and not of another. */
  static boolean isAt(Landing landing, Caller client) {
    return landing instanceof Landing.Back back
        && bare(back.to()).equals(client.client().redirectUri().value());
  }

  private static String bare(URI url) {
    return url.toString().split("[?#]", 2)[0];
  }

  /** Where a browser is, in a few words. */
  static String brief(Landing landing) {
    return code(landing).isPresent() ? "came back with a code" : UserAgent.brief(landing);
  }

  /** The code that a browser came back with. */
  static Optional<String> code(Landing landing) {
    return landing instanceof Landing.Back back ? back.code() : Optional.empty();
  }

  /**
   * A request that is wrong may be refused when it is pushed, or when it is opened. Nothing may
   * come of it.
   */
  static void refusedAtLast(Play play, Lab lab, String what, Push push, Expected expected)
      throws IOException {
    Answer answer = push.send();
    if (!answer.isSuccess()) {
      play.refused(what, answer, expected);
      return;
    }
    Landing landing = lab.browser().authorize(push.pushed(answer).url(), lab.victim());
    boolean given =
        landing instanceof Landing.Back back
            && List.of("code", "access_token", "id_token").stream()
                .anyMatch(name -> back.first(name).isPresent());
    play.holds(
        what,
        !given,
        "taken when it was pushed; then the browser " + brief(landing),
        expected.rule());
    play.should(
        what + ", already when it is pushed",
        false,
        "answered " + answer.brief() + ", expected " + expected.brief(),
        expected.rule());
  }

  /** What is odd to be taken, and harms nobody. */
  static void shouldRefuse(Play play, String what, Answer answer, Expected expected) {
    play.should(
        what,
        answer.status() >= 400 && answer.status() < 500,
        "answered " + answer.brief() + ", expected " + expected.brief(),
        expected.rule());
  }

  /** With a parameter beside those that a URL has. */
  static URI with(URI url, String name, String value) {
    return URI.create(url + "&" + Form.builder().add(name, value).build().encode());
  }

  /** Goes through a request as {@link UserAgent#authorize} does, and takes down every page. */
  static Landing through(UserAgent browser, URI url, TestUser user, List<Answer> pages)
      throws IOException {
    Landing at = browser.open(url);
    while (at instanceof Landing.Shown shown && pages.size() < MOST_PAGES) {
      Optional<UserAgent.Filled> filled = UserAgent.fill(shown.page(), user);
      if (filled.isEmpty() || shown.page().status() >= 400) {
        return at;
      }
      pages.add(shown.page());
      at = browser.submit(filled.get());
    }
    return at;
  }

  /**
   * Goes through the pages of a request as far as the one where the person needs to type nothing,
   * which asks for consent, and fills that one in.
   *
   * @throws NotApplicableException if nothing is shown before the browser is back
   */
  static UserAgent.Filled upToTheLast(UserAgent browser, URI url, TestUser user)
      throws IOException {
    Landing at = browser.open(url);
    for (int i = 0; i < MOST_PAGES && at instanceof Landing.Shown shown; i++) {
      Optional<UserAgent.Filled> filled = UserAgent.fill(shown.page(), user);
      if (filled.isEmpty() || shown.page().status() >= 400) {
        break;
      }
      boolean typed = filled.get().form().names().stream().anyMatch(user.fill()::containsKey);
      if (!typed) {
        return filled.get();
      }
      at = browser.submit(filled.get());
    }
    throw new NotApplicableException("nobody is asked for consent, or it cannot be found");
  }
}
