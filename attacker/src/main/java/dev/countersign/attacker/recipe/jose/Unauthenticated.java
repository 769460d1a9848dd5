package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.FormCall;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** Requests of somebody who only knows a client_id. */
final class Unauthenticated implements Recipe {
  private static final String RULE = "SP-5.3.2.1-6";

  @Override
  public About about() {
    return About.of("ATT-38", "unauthenticated")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION, Goal.SESSION_INTEGRITY)
        .needs(Need.CLIENT, Need.USER)
        .stoppedBy(RULE, "every endpoint of the back channel authenticates the client")
        .means("Whoever finds a code or a refresh token has all that it gives.")
        .change("Demand client authentication at every endpoint, for every grant.");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.client();
    Caller attacker = client.attacking();
    Expected expected = Expected.invalidClient(RULE);
    play.twin("the client pushes a request", client::pushed);
    play.refused(
        "pushed with client_id alone",
        attacker.push().but(FormCall::unauthenticated).send(),
        expected);
    play.refused(
        "pushed without any client",
        attacker.push().but(call -> call.unauthenticated().drop("client_id")).send(),
        expected.orError("invalid_request"));
    Coded coded = play.twin("a person agrees", () -> client.coded(lab.browser(), lab.victim()));
    play.refused(
        "a right code with client_id alone",
        attacker.redeem(coded).unauthenticated().set("client_id", client.id()).send(),
        expected);
    play.refused(
        "a right code without any client",
        attacker.redeem(coded).unauthenticated().drop("client_id").send(),
        expected.orError("invalid_request"));
    Tokens tokens = play.twin("tokens", () -> client.tokens(lab.browser(), lab.victim()));
    if (tokens.refresh().isPresent()) {
      refresh(play, client, tokens.refresh().get(), expected);
    }
    revocation(play, lab, client, tokens, expected);
    introspection(play, lab, client, tokens, expected);
  }

  private static void refresh(Play play, Caller client, String token, Expected expected)
      throws IOException {
    play.refused(
        "a right refresh token with client_id alone",
        client.attacking().refresh(token).unauthenticated().set("client_id", client.id()).send(),
        expected);
    play.refused(
        "a right refresh token without any client",
        client.attacking().refresh(token).unauthenticated().drop("client_id").send(),
        expected.orError("invalid_request"));
    play.twin("the client refreshes", () -> Tokens.of(client.refresh(token).send()));
  }

  private static void revocation(
      Play play, Lab lab, Caller client, Tokens tokens, Expected expected) throws IOException {
    if (lab.server().endpoint("revocation_endpoint").isEmpty()) {
      return;
    }
    play.refused(
        "a revocation with client_id alone",
        client
            .form("revocation_endpoint")
            .add("token", tokens.refresh().orElse(tokens.access()))
            .unauthenticated()
            .set("client_id", client.id())
            .send(),
        expected);
    if (tokens.refresh().isPresent()) {
      Answer answer = client.refresh(tokens.refresh().get()).send();
      play.holds(
          "the token still works",
          answer.isSuccess(),
          "the token endpoint answered " + answer.brief(),
          RULE);
    }
  }

  private static void introspection(
      Play play, Lab lab, Caller client, Tokens tokens, Expected expected) throws IOException {
    if (lab.server().endpoint("introspection_endpoint").isEmpty()) {
      return;
    }
    play.refused(
        "an introspection with client_id alone",
        client
            .form("introspection_endpoint")
            .add("token", tokens.access())
            .unauthenticated()
            .set("client_id", client.id())
            .send(),
        expected.orError("invalid_request"));
    play.refused(
        "an introspection of nobody",
        client
            .form("introspection_endpoint")
            .add("token", tokens.access())
            .unauthenticated()
            .drop("client_id")
            .send(),
        expected.orError("invalid_request"));
  }
}
