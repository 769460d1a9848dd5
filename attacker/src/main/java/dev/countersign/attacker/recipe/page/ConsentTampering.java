package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Pushed;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.play.UserAgent.Filled;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A consent form that says something else than what was asked for. */
final class ConsentTampering implements Recipe {
  private static final String RULE = "A1-34";
  private static final String MORE = "admin payments offline_access accounts:write";
  private static final String ELSEWHERE = "https://attacker.invalid/callback";

  /** An amount that nobody else asks for. */
  private static final String MARK = "1000000.01";

  @Override
  public About about() {
    return About.of(RULE, "consent-tamper")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "what was pushed is kept at the server, and the form adds nothing to it")
        .means(
            "Whoever changes the form gives a client more than it asked for, or to another client.")
        .change("Read scope, details, client and redirect URI from the stored request alone.");
  }

  /**
   * One change of the form.
   *
   * @param what the parameter that it is about
   * @param part what the names of such fields contain
   * @param value the attacker's value
   * @param besides whether it is put behind what a field has, in place of it otherwise
   */
  record Change(String what, String part, String value, boolean besides) {

    /** What has such a name is changed, and the parameter is added where nothing has it. */
    Form to(Form form) {
      Form.Builder changed = Form.builder();
      for (String name : form.names()) {
        boolean meant = name.toLowerCase(java.util.Locale.ROOT).contains(part);
        for (String was : form.values(name)) {
          changed.add(name, meant ? (besides ? (was + " " + value).trim() : value) : was);
        }
      }
      if (!form.has(what)) {
        changed.add(what, value);
      }
      return changed.build();
    }
  }

  /**
   * What is tried.
   *
   * @param otherClient somebody else's {@code client_id}
   * @param scope all that the client may have, which is more than it asks for here
   * @param details what some client may be given
   */
  static List<Change> changes(String otherClient, String scope, List<JsonObject> details) {
    return List.of(
        new Change("scope", "scope", scope + " " + MORE, true),
        new Change("authorization_details", "details", JsonObject.toJson(details), false),
        new Change(
            "authorization_details",
            "details",
            "[{\"type\":\"payment_initiation\",\"instructedAmount\":{\"currency\":\"EUR\","
                + "\"amount\":\""
                + MARK
                + "\"}}]",
            false),
        new Change("client_id", "client", otherClient, false),
        new Change("redirect_uri", "redirect", ELSEWHERE, false));
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    int page = PageStory.asking(play, lab).forms().size() - 1;
    Caller client = lab.client();
    Granted right =
        play.twin(
            "the code is redeemed",
            () -> {
              Pushed pushed = asked(lab);
              Coded coded = client.coded(lab.browser(), lab.victim(), pushed);
              Tokens tokens = Tokens.of(client.redeem(coded).send());
              return Granted.of(tokens.answer(), least(client.client().scope()));
            });
    String other =
        lab.target().clients().stream()
            .map(TestClient::id)
            .filter(id -> !id.equals(client.client().id()))
            .findFirst()
            .map(id -> id.value())
            .orElse("another-client");
    for (Change change : changes(other, client.client().scope(), details(lab))) {
      tamper(play, lab, page, change, right);
    }
  }

  private static void tamper(Play play, Lab lab, int page, Change change, Granted right)
      throws IOException {
    UserAgent browser = lab.browser();
    Pushed pushed = asked(lab);
    Walk walk = Walk.through(browser, pushed.url(), lab.victim(), page);
    Filled form = walk.lastForm();
    Landing posted = browser.follow(browser.post(form.action(), change.to(form.form()), List.of()));
    Landing end = Walk.onward(browser, posted, lab.victim());
    String what = "a form with another " + change.what();
    switch (end) {
      case Landing.Back back when back.code().isPresent() ->
          judge(play, lab, what, new Coded(pushed, back.code().get(), back), right);
      case Landing.Elsewhere _ -> play.refused(what, end, RULE);
      case Landing.Back _, Landing.Shown _ ->
          play.should(what, !isBroken(end), UserAgent.brief(end), RULE);
    }
  }

  /** A request for less than the client may have. */
  private static Pushed asked(Lab lab) throws IOException {
    Caller client = lab.client();
    return client
        .push()
        .but(call -> call.set("prompt", "consent").set("scope", least(client.client().scope())))
        .pushed();
  }

  private static String least(String scope) {
    return scope.substring(scope.lastIndexOf(' ') + 1);
  }

  /** Details that some client of the target can be given, if there is one. */
  private static List<JsonObject> details(Lab lab) {
    return lab.target().clients().stream()
        .map(TestClient::authorizationDetails)
        .filter(details -> !details.isEmpty())
        .findFirst()
        .orElse(List.of(JsonObject.builder().put("type", "payment_initiation").build()));
  }

  private static boolean isBroken(Landing end) {
    return end instanceof Landing.Shown shown && shown.page().status() >= 500;
  }

  private static void judge(Play play, Lab lab, String what, Coded coded, Granted right)
      throws IOException {
    Caller client = lab.client();
    Optional<String> other = elsewhere(coded.back(), client);
    if (other.isPresent()) {
      play.holds(what, false, "the code went to " + other.get(), RULE);
      return;
    }
    Answer answer = client.redeem(coded).send();
    if (!answer.isSuccess()) {
      play.holds(what, false, "the code is not the client's: " + answer.brief(), RULE);
      return;
    }
    String beyond = Granted.of(answer, least(client.client().scope())).beyond(right, MARK);
    play.holds(
        what,
        beyond.isEmpty(),
        beyond.isEmpty() ? "the token is for what was asked" : "the token is for " + beyond,
        RULE);
  }

  private static Optional<String> elsewhere(Landing.Back back, Caller client) {
    String to = back.to().toString().split("[?#]", 2)[0];
    String asked = client.client().redirectUri().value().split("[?#]", 2)[0];
    return to.equals(asked) ? Optional.empty() : Optional.of(String.valueOf(back.to().getHost()));
  }
}
