package dev.countersign.attacker.recipe.jose;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;

/** Two ways to authenticate in one request, of which each names somebody else. */
final class TwoMethods implements Recipe {
  private static final String RULE = "CA-7";

  @Override
  public About about() {
    return About.of("J-14", "two-auth-methods")
        .also("ATT-36")
        .by(Attacker.A1)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.TWO_ASSERTIONS)
        .stoppedBy(RULE, "a request authenticates by one method, as one client")
        .means("One part of the server checks one credential, and another believes the other.")
        .change(
            "Answer invalid_request to more than one method or credential (RFC 6749 section 2.3).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    Caller client = lab.asserting();
    Caller other = lab.secondAsserting();
    play.twin("the client pushes a request", client::pushed);
    play.twin("the other client pushes a request", other::pushed);
    Expected both = Expected.error(RULE, "invalid_request", "invalid_client").status(400, 401);
    String basic = SecretAuth.basic(other.id(), lab.random128());
    play.refused(
        "Basic and the whole request of another client, by an own assertion",
        other
            .attacking()
            .push()
            .but(call -> call.assertions(client.assertion().compact()))
            .but(call -> call.field("Authorization", basic))
            .send(),
        both);
    String forged = other.assertion().signedBy(lab.jose(), lab.newKey()).compact();
    play.refused(
        "the whole request of another client, by an own assertion and a forged one",
        other
            .attacking()
            .push()
            .but(call -> call.assertions(client.assertion().compact(), forged))
            .send(),
        both);
    play.refused(
        "the whole request of another client, by a forged assertion and an own one",
        other
            .attacking()
            .push()
            .but(call -> call.assertions(forged, client.assertion().compact()))
            .send(),
        both);
    careless(play, lab, client);
    if (Need.MUTUAL_TLS.isMet(lab.target(), lab.server())) {
      certificates(play, lab, client);
    }
  }

  /** One client, twice: there is nothing to win by it. */
  private static void careless(Play play, Lab lab, Caller client) throws IOException {
    String basic = SecretAuth.basic(client.id(), lab.random128());
    odd(
        play,
        "Basic beside an assertion of the same client",
        client.attacking().push().but(call -> call.field("Authorization", basic)).send());
    odd(
        play,
        "client_secret beside an assertion",
        client.attacking().push().but(call -> call.add("client_secret", lab.random128())).send());
    odd(
        play,
        "two right assertions",
        client
            .attacking()
            .push()
            .but(
                call -> call.assertions(client.assertion().compact(), client.assertion().compact()))
            .send());
  }

  private static void certificates(Play play, Lab lab, Caller client) throws IOException {
    Caller certified = lab.mutualTls();
    play.twin("the client with a certificate pushes a request", certified::pushed);
    odd(
        play,
        "a certificate of the client and an assertion of another",
        certified
            .attacking()
            .push()
            .but(call -> call.assertions(client.assertion().compact()))
            .send());
    Answer beside =
        client
            .attacking()
            .push()
            .but(call -> call.certificate(certified.client().certificate()))
            .send();
    // It is no second method: the certificate may be what tokens are bound to (RFC 8705 section 3).
    play.should(
        "a certificate of another client beside an assertion is ignored or refused",
        beside.status() < 500,
        "answered " + beside.brief(),
        RULE);
    play.refused(
        "the client_id of one client, the certificate of another, and no assertion",
        client
            .attacking()
            .push()
            .but(call -> call.unauthenticated().certificate(certified.client().certificate()))
            .send(),
        both());
  }

  private static Expected both() {
    return Expected.error(RULE, "invalid_request", "invalid_client").status(400, 401);
  }

  private static void odd(Play play, String what, Answer answer) {
    play.should(
        what, answer.status() >= 400 && answer.status() < 500, "answered " + answer.brief(), RULE);
  }
}
