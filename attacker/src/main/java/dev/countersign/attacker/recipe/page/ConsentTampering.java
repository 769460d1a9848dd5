package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.deployment.TestClient;
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
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A consent form that says more than was asked for. */
final class ConsentTampering implements Recipe {
  private static final String MORE = "admin payments offline_access accounts:write";

  @Override
  public About about() {
    return About.of("A1-34", "consent-tamper")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(
            "A1-34", "what was pushed is kept at the server, and the form adds nothing to it")
        .means(
            "Whoever changes the form gives a client more than it asked for, or to another client.")
        .change("Read scope, details, client and redirect URI from the stored request alone.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Walk right = PageStory.right(play, lab);
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    String asked = least(client.client().scope());
    Pushed pushed =
        client.push().but(call -> call.set("prompt", "consent").set("scope", asked)).pushed();
    Walk walk = Walk.through(browser, pushed.url(), lab.victim(), right.forms().size() - 1);
    Filled form = walk.lastForm();
    Landing end =
        browser.follow(browser.post(form.action(), withMore(form.form(), lab), List.of()));
    if (!(end instanceof Landing.Back back) || back.code().isEmpty()) {
      play.refused("a form with more in it", end, "A1-34");
      return;
    }
    Answer tokens = client.redeem(back.code().get(), pushed.verifier()).send();
    Set<String> got = words(tokens.member("scope").orElse(asked));
    got.removeAll(words(asked));
    if (client.client().authorizationDetails().isEmpty()
        && tokens.json().filter(json -> json.has("authorization_details")).isPresent()) {
      got.add("authorization_details");
    }
    play.holds(
        "a form with more in it gives no more",
        got.isEmpty() && back.to().toString().startsWith(client.client().redirectUri().value()),
        got.isEmpty() ? "the token is for what was asked" : "the token is for " + got + ", too",
        "A1-34");
  }

  /** One scope value of several, so that the client may have more than it asks for here. */
  private static String least(String scope) {
    return scope.substring(scope.lastIndexOf(' ') + 1);
  }

  private static Form withMore(Form form, Lab lab) {
    Form.Builder changed = Form.builder();
    form.names().forEach(name -> form.values(name).forEach(value -> changed.add(name, value)));
    List.of("scope", "scopes").stream()
        .filter(name -> !form.has(name))
        .forEach(name -> changed.add(name, lab.client().client().scope() + " " + MORE));
    if (!form.has("client_id")) {
      changed.add("client_id", "another-client");
    }
    if (!form.has("redirect_uri")) {
      changed.add("redirect_uri", "https://attacker.invalid/callback");
    }
    if (!form.has("authorization_details")) {
      changed.add("authorization_details", JsonObject.toJson(details(lab)));
    }
    return changed.build();
  }

  /** Details that some client of the target can be given, if there is one. */
  private static List<JsonObject> details(Lab lab) {
    return lab.target().clients().stream()
        .map(TestClient::authorizationDetails)
        .filter(details -> !details.isEmpty())
        .findFirst()
        .orElse(List.of(JsonObject.builder().put("type", "payment_initiation").build()));
  }

  private static Set<String> words(String text) {
    return new TreeSet<>(List.of(text.isEmpty() ? new String[0] : text.split(" ", -1)));
  }
}
