package dev.countersign.attacker.recipe.flow;

import dev.countersign.attacker.deployment.TestUser;
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
import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Every error that can be provoked: none may lead to a place of somebody else's choice. */
final class ErrorRedirect implements Recipe {
  private static final String RULE = "SP-5.3.2.1-7";
  private static final String ELSEWHERE = "https://attacker.invalid/phish";
  private static final List<String> NO =
      List.of("deny", "cancel", "no", "reject", "decline", "abort", "Deny", "Cancel");

  @Override
  public About about() {
    return About.of("A1-11", "open-redirect-error")
        .also("ATT-19")
        .by(Attacker.A1)
        .endangers(Goal.AUTHENTICATION, Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "errors lead to a redirect URI that was pushed, or nowhere")
        .means("A link to the server ends at the attacker's page, and carries what errors tell.")
        .change("Show a page for every error of a request that was not pushed (RFC 9700 4.11).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Pushed pushed = client.pushed();
    play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim(), pushed));
    String used = pushed.requestUri();
    unpushed(play, lab, "an unknown client", form("nobody", "urn:unknown", ELSEWHERE));
    unpushed(play, lab, "no client", Form.builder().add("redirect_uri", ELSEWHERE).build());
    unpushed(play, lab, "an unknown request_uri", form(client.id(), "urn:unknown", ELSEWHERE));
    unpushed(play, lab, "a request_uri that was used", form(client.id(), used, ELSEWHERE));
    unpushed(
        play,
        lab,
        "a request without request_uri",
        Form.builder()
            .add("client_id", client.id())
            .add("response_type", "code")
            .add("scope", "no-such-scope")
            .add("redirect_uri", ELSEWHERE)
            .build());
    unpushed(
        play,
        lab,
        "the same with the right redirect URI",
        form(client.id(), "urn:unknown", client.client().redirectUri().value()));
    pushed(play, lab, "an error that needs no person", "none", lab.victim());
    pushed(play, lab, "a person who refuses", "consent", refusing(lab.victim()));
  }

  private static Form form(String clientId, String requestUri, String redirectUri) {
    return Form.builder()
        .add("client_id", clientId)
        .add("request_uri", requestUri)
        .add("redirect_uri", redirectUri)
        .add("prompt", "none")
        .build();
  }

  private static TestUser refusing(TestUser user) {
    List<String> press = new ArrayList<>(NO);
    press.addAll(user.press());
    return new TestUser(user.name(), user.fill(), press);
  }

  private static void unpushed(Play play, Lab lab, String what, Form query) throws IOException {
    Landing landing = lab.browser().open(lab.client().authorizationUrl(query));
    String found = "the browser " + Flows.brief(landing);
    play.holds(what, !(landing instanceof Landing.Elsewhere), found, RULE);
    play.should(what + ", without a redirect", !(landing instanceof Landing.Back), found, "OA-2");
  }

  private static void pushed(Play play, Lab lab, String what, String prompt, TestUser user)
      throws IOException {
    Caller client = lab.client();
    Pushed pushed = client.push().but(call -> call.set("prompt", prompt)).pushed();
    URI url = Flows.with(pushed.url(), "redirect_uri", ELSEWHERE);
    Landing landing = lab.browser().authorize(url, user);
    boolean held = landing instanceof Landing.Shown || Flows.isAt(landing, client);
    play.holds(what, held, "the browser " + Flows.brief(landing), RULE);
  }
}
