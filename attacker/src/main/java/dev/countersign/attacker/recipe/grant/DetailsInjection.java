package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.recipe.grant.Details.Place;
import dev.countersign.attacker.recipe.grant.WrongDetails.Wrong;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Authorization details that are not what their type says, or that bring markup. */
final class DetailsInjection implements Recipe {
  private static final String WRONG = "RAR-5-1";
  private static final String MARKUP = "RAR-12-3";
  private static final String SCRIPT = "<script>countersign()";
  private static final String MARK = "\"'>" + SCRIPT + "</script><img src=x onerror=x>";
  private static final int MOST_PAGES = 10;

  @Override
  public About about() {
    return About.of("ATT-83", "details-injection")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.DETAILS, Need.USER)
        .stoppedBy(
            WRONG, "details are held against the schema of their type, and pages escape them")
        .means(
            "A person agrees to what the page did not show, or a script of the attacker's runs on"
                + " the consent page.")
        .change(
            "Refuse with invalid_authorization_details whatever the type does not name, at every"
                + " depth, and escape every value where it is shown.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = Details.client(lab);
    UserAgent browser = lab.browser();
    play.twin(
        "a person allows what the client asks for", () -> client.coded(browser, lab.victim()));
    JsonObject right = Details.first(client);
    play.twin("one object alone is taken", () -> push(client, Details.array(right)).pushed());
    for (Wrong wrong : WrongDetails.of(right)) {
      wrong(play, lab, client, wrong);
    }
    twice(play, client, right);
    for (Place place : Details.texts(right)) {
      markup(play, client, browser, lab.victim(), place);
    }
    play.twin(
        "the right one is still allowed",
        () -> client.coded(browser, lab.victim(), push(client, Details.array(right)).pushed()));
  }

  /** As plain parameters: a request object can hold nothing but an array of objects. */
  private static Push push(Caller client, String details) throws IOException {
    return client.push().but(call -> call.plain().set(Details.NAME, details));
  }

  private static void wrong(Play play, Lab lab, Caller client, Wrong wrong) throws IOException {
    Push push = push(client.attacking(), wrong.json());
    Answer answer = push.send();
    if (!wrong.must()) {
      boolean refused = answer.status() >= 400 && answer.status() < 500;
      play.should(wrong.what(), refused, "answered " + answer.brief(), WRONG);
    } else if (answer.isSuccess()) {
      // Some servers look at details when the person is there.
      play.refused(
          wrong.what(), lab.browser().authorize(push.pushed(answer).url(), lab.victim()), WRONG);
    } else {
      play.refused(
          wrong.what(),
          answer,
          Expected.error(WRONG, "invalid_authorization_details", "invalid_request")
              .status(400, 413)
              .orClosing());
    }
  }

  private static void twice(Play play, Caller client, JsonObject right) throws IOException {
    Push push = push(client.attacking(), Details.array(right));
    push.call().add(Details.NAME, "[{\"type\":\"countersign_unknown_type\"}]");
    play.refused(
        "the parameter twice",
        push.send(),
        Expected.error(WRONG, "invalid_request", "invalid_authorization_details").status(400));
  }

  /** Refused or shown as the text that it is: both are right. */
  private static void markup(
      Play play, Caller client, UserAgent browser, TestUser user, Place place) throws IOException {
    Push push = push(client.attacking(), Details.array(place.with().apply(MARK)));
    Answer answer = push.send();
    if (answer.isSuccess()) {
      boolean raw = showsMarkup(browser, push.pushed(answer).url(), user);
      play.holds(
          "markup in " + place.path(),
          !raw,
          raw ? "it stands in a page as it is" : "no page has it as it is",
          MARKUP);
    } else {
      play.refused(
          "markup in " + place.path(),
          answer,
          Expected.error(WRONG, "invalid_authorization_details").status(400));
    }
  }

  private static boolean showsMarkup(UserAgent browser, URI url, TestUser user) throws IOException {
    Landing at = browser.open(url);
    for (int i = 0; i < MOST_PAGES && at instanceof Landing.Shown shown; i++) {
      if (shown.page().text().contains(SCRIPT)) {
        return true;
      }
      Optional<Filled> filled = UserAgent.fill(shown.page(), user);
      if (filled.isEmpty() || shown.page().status() >= 400) {
        return false;
      }
      at = browser.submit(filled.get());
    }
    return false;
  }
}
