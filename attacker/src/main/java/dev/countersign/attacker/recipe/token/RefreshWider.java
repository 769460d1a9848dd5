package dev.countersign.attacker.recipe.token;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import dev.countersign.protocol.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A refresh that asks for more than the person agreed to. */
final class RefreshWider implements Recipe {
  private static final String UNKNOWN_DETAILS =
      "[{\"type\":\"payment_initiation\",\"actions\":[\"initiate\"],\"amount\":\"1000000\"}]";

  @Override
  public About about() {
    return About.of("A5-07", "refresh-wider")
        .also("ATT-48")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.REFRESH, Need.USER, Need.RESOURCE)
        .stoppedBy("A5-07", "a refresh gives nothing that was not granted")
        .means("A client, or a thief of its refresh token, gets access that nobody agreed to.")
        .change(
            "Compare scope, authorization_details and resource of a refresh with the grant, and"
                + " refuse more (RFC 6749 section 6, RFC 9396 section 6).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.refreshing();
    TestResource resource = lab.resource();
    Optional<String> narrow = narrower(client, resource);
    Tokens first =
        play.twin(
            narrow.map(scope -> "tokens for " + scope + " alone").orElse("tokens"),
            () -> narrowTokens(client, lab, narrow));
    String refresh =
        play.twin(
            "the client refreshes",
            () ->
                Tokens.of(client.refresh(first.needRefresh()).send())
                    .refresh()
                    .orElse(first.needRefresh()));
    if (narrow.isPresent()) {
      widened(
          play,
          "all scopes of the client, after a grant of fewer",
          client,
          resource,
          client.attacking().refresh(refresh).set("scope", client.client().scope()),
          Expected.error("A5-07", "invalid_scope").status(400));
    }
    unknown(play, client, refresh);
    elsewhere(play, client, refresh, lab);
    play.passes("the same refresh without any", client.refresh(refresh).send(), "A5-07");
  }

  /** What the server does not know at all cannot be tried out: nothing must come of it. */
  private static void unknown(Play play, Caller client, String refresh) throws IOException {
    Answer scope =
        client.attacking().refresh(refresh).set("scope", client.client().scope() + " admin").send();
    boolean given =
        scope.isSuccess()
            && Arrays.asList(scope.member("scope").orElse("").split(" ")).contains("admin");
    play.holds(
        "a scope that nobody has is not given", !given, "answered " + scope.brief(), "A5-07");
    play.should(
        "a scope that nobody has is refused",
        scope.status() == 400 && scope.error().equals(Optional.of("invalid_scope")),
        "answered " + scope.brief(),
        "A5-07");
    String wanted =
        client.client().authorizationDetails().isEmpty()
            ? UNKNOWN_DETAILS
            : JsonObject.toJson(raised(client.client().authorizationDetails()));
    Answer details =
        client.attacking().refresh(refresh).set("authorization_details", wanted).send();
    boolean granted =
        details.isSuccess()
            && details.json().map(one -> one.has("authorization_details")).orElse(false)
            && details.text().contains("1000000");
    play.holds(
        "wider authorization_details are not given",
        !granted,
        "answered " + details.brief(),
        "A5-07");
    play.should(
        "wider authorization_details are refused",
        details.status() == 400
            && details.error().equals(Optional.of("invalid_authorization_details")),
        "answered " + details.brief(),
        "A5-07");
  }

  private static List<JsonObject> raised(List<JsonObject> details) {
    return details.stream()
        .map(one -> one.without("amount").toBuilder().put("amount", "1000000").build())
        .toList();
  }

  private static void elsewhere(Play play, Caller client, String refresh, Lab lab)
      throws IOException {
    List<TestResource> others =
        lab.target().resources().stream()
            .filter(one -> !one.signed() && one.indicator().isPresent())
            .filter(one -> !one.equals(lab.resource()))
            .toList();
    if (others.isEmpty()) {
      return;
    }
    TestResource other = others.getFirst();
    widened(
        play,
        "the resource of somebody else",
        client,
        other,
        client.attacking().refresh(refresh).set("resource", other.indicator().orElseThrow()),
        Expected.error("ATT-48", "invalid_target").status(400));
  }

  /** Whoever ignores what is asked for too much gives a token that must not reach further. */
  private static void widened(
      Play play, String what, Caller client, TestResource at, FormCall call, Expected expected)
      throws IOException {
    Answer answer = call.send();
    if (!answer.isSuccess()) {
      play.refused(what, answer, expected);
      return;
    }
    Answer used = client.attacking().call(at, Tokens.of(answer).access()).send();
    play.holds(
        what + ": the token must not reach it",
        !used.isSuccess(),
        "a token was given, and the resource answered " + used.brief(),
        expected.rule());
    play.should(what + " is refused", false, "answered " + answer.brief(), expected.rule());
  }

  private static Tokens narrowTokens(Caller client, Lab lab, Optional<String> scope)
      throws IOException {
    var push = client.push();
    scope.ifPresent(less -> push.call().set("scope", less));
    return Tokens.of(
        client.redeem(client.coded(lab.browser(), lab.victim(), push.pushed())).send());
  }

  /** The client's scope without that of the resource, if anything is left. */
  private static Optional<String> narrower(Caller client, TestResource resource) {
    List<String> all = Arrays.asList(client.client().scope().split(" "));
    List<String> needed = Arrays.asList(resource.scope().split(" "));
    String left =
        String.join(" ", all.stream().filter(one -> !needed.contains(one)).toList()).strip();
    return Optional.of(left).filter(one -> !one.isEmpty() && !resource.scope().isEmpty());
  }
}
