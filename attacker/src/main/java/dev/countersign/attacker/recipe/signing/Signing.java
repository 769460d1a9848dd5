package dev.countersign.attacker.recipe.signing;

import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A client that reads a resource by signed requests.
 *
 * @param client whose token it is, and who signs
 * @param resource what the token is for
 * @param token the access token
 */
record Signing(Lab lab, Caller client, TestResource resource, String token) {

  /** A client with a token, whose signed requests were shown to be taken, by hand as well. */
  static Signing of(Play play, Lab lab) throws IOException {
    return of(play, lab, signer(lab));
  }

  /** The same of this client. */
  static Signing of(Play play, Lab lab, Caller client) throws IOException {
    TestResource resource = lab.signedResource();
    Tokens tokens = play.twin("a token", () -> forResource(client, lab.browser(), resource, lab));
    Signing signing = new Signing(lab, client, resource, tokens.access());
    play.twin("a signed request", client.call(resource, tokens.access()).send());
    play.twin("a request signed by hand", signing.call(UnaryOperator.identity()).send());
    return signing;
  }

  /** Who signs every other message is the first to sign this, too. */
  private static Caller signer(Lab lab) throws NotApplicableException {
    List<TestClient> able =
        lab.target().clients().stream().filter(one -> one.key().isPresent()).toList();
    if (able.isEmpty()) {
      throw new NotApplicableException("no client has a key to sign requests with");
    }
    return able.stream().anyMatch(TestClient::signsRequests)
        ? lab.caller(0, TestClient::signsRequests)
        : lab.caller(0, one -> one.key().isPresent());
  }

  /** Another client with a key. */
  static Optional<Caller> other(Lab lab, Caller than) {
    return lab.target().clients().stream()
        .filter(one -> one.key().isPresent() && !one.id().equals(than.client().id()))
        .findFirst()
        .map(lab::caller);
  }

  /** Tokens for one resource; where resources have no indicator, for whatever is usual. */
  static Tokens forResource(Caller client, UserAgent browser, TestResource resource, Lab lab)
      throws IOException {
    Push push = client.push();
    resource.indicator().ifPresent(indicator -> push.call().set("resource", indicator));
    return Tokens.of(client.redeem(client.coded(browser, lab.victim(), push.pushed())).send());
  }

  /** The right call, to be changed. */
  ResourceCall call() {
    return client.attacking().call(resource, token);
  }

  /** A call that is right but for its signature. */
  ResourceCall call(UnaryOperator<Draft> change) {
    return call(right -> List.of(change.apply(right)), Signing::fields);
  }

  /** The same with other fields than those that drafts give. */
  ResourceCall call(
      Function<Draft, List<Draft>> drafts,
      Function<List<Draft>, List<Map.Entry<String, String>>> written) {
    return call()
        .signature(
            (method, url, fields, _) ->
                written.apply(
                    drafts.apply(Draft.right(lab, client.key(), method, url.toString(), fields))));
  }

  /** The two fields of all these signatures. */
  static List<Map.Entry<String, String>> fields(List<Draft> drafts) {
    return fields(
        String.join(", ", drafts.stream().map(Draft::input).toList()),
        String.join(", ", drafts.stream().map(Draft::signature).toList()));
  }

  /** The two fields with these values. */
  static List<Map.Entry<String, String>> fields(String input, String signature) {
    return List.of(Map.entry("Signature-Input", input), Map.entry("Signature", signature));
  }

  /** That the signature is not taken. */
  static Expected unsigned(String rule) {
    return Expected.refusal(rule).status(401);
  }

  /** A refusal, or what harms nobody but is not what the rules of signatures say. */
  static void odd(Play play, String what, Answer answer, String rule) {
    if (answer.isSuccess()) {
      play.should(what, false, "answered " + answer.brief() + ", expected 401", rule);
    } else {
      play.refused(what, answer, unsigned(rule));
    }
  }

  /** When the answer was made by the clock of who made it, in seconds since 1970. */
  static Optional<Long> time(Answer answer) {
    return answer.header("Date").flatMap(Signing::seconds);
  }

  private static Optional<Long> seconds(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toEpochSecond());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Signing";
  }
}
