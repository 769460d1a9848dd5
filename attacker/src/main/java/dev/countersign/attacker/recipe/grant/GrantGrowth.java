package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.recipe.grant.Grants.Held;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A grant that becomes more than a person allowed. */
final class GrantGrowth implements Recipe {
  private static final String UNASKED = "ATT-82";
  private static final String UNCOVERED = "RAR-6-2";

  @Override
  public About about() {
    return About.of("ATT-82", "grant-growth")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.GRANT_MANAGEMENT, Need.DETAILS, Need.USER)
        .stoppedBy(UNCOVERED, "tokens are for what was allowed, and more is asked about again")
        .means("A client that was allowed little, such as to look, can do much, such as to pay.")
        .change(
            "Hold what a token request asks for against the grant, and show what a merge adds to"
                + " the person before anything is added.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Grants grants = new Grants(lab);
    Caller client = Details.client(lab);
    UserAgent browser = lab.browser();
    Held held =
        play.twin(
            "a person allows a client little",
            () -> grants.allowed(client, little(grants, client), browser, lab.victim()));
    play.twin("the refresh token works", client.refresh(held.tokens().needRefresh()).send());
    asked(play, client, held);
    redeemed(play, grants, lab, browser, client);
    unasked(play, grants, browser, held);
    agreed(play, grants, lab, browser, held);
  }

  /** No details, and one scope value alone. */
  private static Push little(Grants grants, Caller client) throws IOException {
    Push push = grants.create(client).but(call -> call.drop(Details.NAME));
    String first = client.client().scope().split(" ", -1)[0];
    return first.isEmpty() ? push : push.but(call -> call.set("scope", first));
  }

  private static void asked(Play play, Caller client, Held held) throws IOException {
    String refresh = held.tokens().needRefresh();
    Caller greedy = client.attacking();
    play.refused(
        "a refresh that asks for details that nobody allowed",
        greedy.refresh(refresh).set(Details.NAME, wanted(client)).send(),
        uncovered());
    if (client.client().scope().contains(" ")) {
      play.refused(
          "a refresh that asks for a scope that nobody allowed",
          greedy.refresh(refresh).set("scope", client.client().scope()).send(),
          Expected.error(UNASKED, "invalid_scope").status(400));
    }
  }

  private static void redeemed(Play play, Grants grants, Lab lab, UserAgent browser, Caller client)
      throws IOException {
    Coded coded =
        play.twin(
            "the person allows little once more",
            () -> client.coded(browser, lab.victim(), little(grants, client).pushed()));
    play.refused(
        "a code with details that nobody allowed",
        client.attacking().redeem(coded).set(Details.NAME, wanted(client)).send(),
        uncovered());
  }

  /** The person is logged in, and has allowed the client something: nothing else would ask. */
  private static void unasked(Play play, Grants grants, UserAgent browser, Held held)
      throws IOException {
    Caller client = held.client();
    Push silent =
        grants
            .change(client.attacking(), "merge", held.id())
            .but(call -> call.set("prompt", "none"));
    Answer answer = silent.send();
    if (answer.isSuccess()) {
      play.refused(
          "a merge that asks for nobody to be asked",
          browser.open(silent.pushed(answer).url()),
          UNASKED);
    } else {
      play.refused("a merge that asks for nobody to be asked", answer, Expected.refusal(UNASKED));
    }
    Landing shown =
        browser.open(grants.change(client.attacking(), "merge", held.id()).pushed().url());
    boolean straight = shown instanceof Landing.Back back && back.code().isPresent();
    play.holds("a merge is shown to the person", !straight, UserAgent.brief(shown), UNASKED);
    Answer refreshed =
        play.twin(
            "the grant is alive while nobody has answered",
            client.refresh(held.tokens().needRefresh()).send());
    play.holds(
        "nothing was added before the person answered",
        details(refreshed).isEmpty(),
        "the token has " + details(refreshed).size() + " details",
        UNASKED);
  }

  private static void agreed(Play play, Grants grants, Lab lab, UserAgent browser, Held held)
      throws IOException {
    Caller client = held.client();
    Held merged =
        play.twin(
            "the person agrees to the merge",
            () -> {
              Push push = grants.change(client, "merge", held.id());
              Held more = grants.allowed(client, push, browser, lab.victim());
              if (details(more.tokens().answer()).isEmpty()) {
                throw new TwinFailedException("the token response has no authorization_details");
              }
              return more;
            });
    Optional<JsonObject> larger = Details.larger(details(merged.tokens().answer()).getFirst());
    if (larger.isPresent()) {
      play.refused(
          "a refresh for a larger amount than was allowed",
          client
              .attacking()
              .refresh(merged.tokens().needRefresh())
              .set(Details.NAME, Details.array(larger.get()))
              .send(),
          uncovered());
    }
  }

  private static String wanted(Caller client) {
    return JsonObject.toJson(client.client().authorizationDetails());
  }

  private static Expected uncovered() {
    return Expected.error(UNCOVERED, "invalid_authorization_details").status(400);
  }

  private static List<JsonObject> details(Answer answer) {
    try {
      Optional<JsonObject> json = answer.json();
      return json.isPresent() ? json.get().objects(Details.NAME).orElse(List.of()) : List.of();
    } catch (MalformedJsonException e) {
      return List.of();
    }
  }
}
