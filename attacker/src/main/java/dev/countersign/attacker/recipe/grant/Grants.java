package dev.countersign.attacker.recipe.grant;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Coded;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Landing;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.TwinFailedException;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes and changes grants the right way, and asks about them. */
final class Grants {
  static final String QUERY = "grant_management_query";
  static final String REVOKE = "grant_management_revoke";
  private static final String ENDPOINT = "grant_management_endpoint";

  private final Lab lab;

  Grants(Lab lab) {
    this.lab = lab;
  }

  /**
   * A grant in the hands of its client.
   *
   * @param id its {@code grant_id}
   * @param tokens what came with it
   */
  record Held(Caller client, String id, Tokens tokens) {

    /** Nothing of it. */
    @Override
    public String toString() {
      return "Held";
    }
  }

  /** A request that makes a grant. */
  Push create(Caller client) throws NotApplicableException {
    return client.push().but(call -> call.set("grant_management_action", "create"));
  }

  /** A request that changes one: {@code merge} or {@code replace}. */
  Push change(Caller client, String action, String grantId) throws NotApplicableException {
    return client
        .push()
        .but(call -> call.set("grant_management_action", action).set("grant_id", grantId));
  }

  /**
   * A person allows what a request asks for, and its client fetches the tokens.
   *
   * @throws TwinFailedException if one of the two fails, or the answer names no grant
   */
  Held allowed(Caller client, Push push, UserAgent browser, TestUser user) throws IOException {
    Coded coded = client.coded(browser, user, push.pushed());
    Tokens tokens = Tokens.of(client.redeem(coded).send());
    String id =
        tokens
            .answer()
            .member("grant_id")
            .orElseThrow(() -> new TwinFailedException("the token response names no grant_id"));
    return new Held(client, id, tokens);
  }

  /** A token of a client's own, for these scopes; empty if the client gets none. */
  Optional<String> ownToken(Caller client, String scope) throws IOException {
    Answer answer =
        client.token().add("grant_type", "client_credentials").add("scope", scope).send();
    return answer.member("access_token").filter(_ -> answer.isSuccess());
  }

  /**
   * The first clients that may ask about their grants and end them, each with a token for both.
   *
   * @throws NotApplicableException if there are fewer
   */
  List<Manager> managers(int many) throws IOException {
    List<Manager> found = new ArrayList<>();
    for (int i = 0; i < lab.target().clients().size() && found.size() < many; i++) {
      Caller client = lab.caller(i, _ -> true);
      ownToken(client, QUERY + " " + REVOKE)
          .ifPresent(token -> found.add(new Manager(this, client, token)));
    }
    if (found.size() < many) {
      throw new NotApplicableException(
          "fewer than %d clients of the target file get tokens for grant management"
              .formatted(many));
    }
    return found;
  }

  /**
   * A client that may manage its grants.
   *
   * @param token of its own, for both scopes
   */
  record Manager(Grants grants, Caller client, String token) {

    /** Asks about a grant. */
    ResourceCall ask(String grantId) throws NotApplicableException {
      return grants.at(client, token, "/" + grantId);
    }

    /** Ends a grant. */
    ResourceCall end(String grantId) throws NotApplicableException {
      return ask(grantId).method("DELETE");
    }

    /** Nothing of it. */
    @Override
    public String toString() {
      return "Manager";
    }
  }

  /** A request to the API with a token of this client, to what follows its endpoint. */
  ResourceCall at(Caller client, String token, String rest) throws NotApplicableException {
    URI endpoint = lab.server().need(ENDPOINT, client.client().boundByCertificate());
    TestResource api =
        new TestResource(
            URI.create(endpoint + rest),
            Optional.empty(),
            "",
            Optional.empty(),
            false,
            Optional.empty());
    return client.call(api, token);
  }

  /** A request that must come to nothing: when it is pushed, or when a person has logged in. */
  void refused(Play play, String what, Push push, TestUser user, Expected expected)
      throws IOException {
    Answer answer = push.send();
    if (!answer.isSuccess()) {
      play.refused(what, answer, expected);
      return;
    }
    Landing landing = lab.browser().authorize(push.pushed(answer).url(), user);
    play.refused(what, landing, expected.rule());
    if (landing instanceof Landing.Back back && back.code().isEmpty()) {
      String error = back.error().orElse("none");
      play.should(
          what + ": the client learns why",
          expected.errors().contains(error),
          "the error was " + error,
          expected.rule());
    }
  }
}
