package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.NotApplicableException;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.util.Arrays;

/** A token that is for one resource server, at another. */
final class WrongAudience implements Recipe {
  private static final String RULE = "AT-4";

  @Override
  public About about() {
    return About.of("A7-10", "audience")
        .also("ATT-49")
        .by(Attacker.A1, Attacker.A5)
        .endangers(Goal.AUTHORIZATION)
        .needs(Need.CLIENT, Need.USER, Need.SECOND_RESOURCE)
        .stoppedBy(RULE, "a token says whom it is for")
        .means("A resource server that gets tokens can use what it gets at others.")
        .change("Compare aud with the resource server's own identifier (RFC 9068 section 4).");
  }

  @Override
  public void play(Play play, Lab lab) throws IOException {
    TestResource one = lab.resource();
    TestResource other = lab.secondResource();
    if (one.indicator().isEmpty() || one.indicator().equals(other.indicator())) {
      throw new NotApplicableException("the resources have no indicators of their own");
    }
    Caller client = lab.client();
    UserAgent browser = lab.browser();
    Expected refused = Expected.error(RULE, "invalid_token").status(401);
    Tokens first =
        play.twin("a token for the first", () -> Stolen.forResource(client, browser, one, lab));
    play.twin("it is good there", client.call(one, first.access()).send());
    play.refused(
        "the first one's token at the second",
        client.attacking().call(other, first.access()).send(),
        refused);
    if (other.indicator().isPresent()) {
      Tokens second =
          play.twin(
              "a token for the second", () -> Stolen.forResource(client, browser, other, lab));
      play.twin("it is good there", client.call(other, second.access()).send());
      play.refused(
          "the second one's token at the first",
          client.attacking().call(one, second.access()).send(),
          refused);
      both(play, client, browser, lab);
    }
    otherScope(play, client, browser, lab);
  }

  /** RFC 8707 allows it, and RFC 9068 section 5 tells why it is no good idea. */
  private static void both(Play play, Caller client, UserAgent browser, Lab lab)
      throws IOException {
    Push push = client.attacking().push();
    push.call()
        .set("resource", lab.resource().indicator().orElseThrow())
        .add("resource", lab.secondResource().indicator().orElseThrow());
    Answer pushed = push.send();
    if (!pushed.isSuccess()) {
      play.refused(
          "one token for both",
          pushed,
          Expected.error("OA-11", "invalid_target", "invalid_request").status(400));
      return;
    }
    Answer given = client.redeem(client.coded(browser, lab.victim(), push.pushed(pushed))).send();
    if (!given.isSuccess()) {
      play.refused(
          "one token for both", given, Expected.error("OA-11", "invalid_target").status(400));
      return;
    }
    String token = Tokens.of(given).access();
    boolean everywhere =
        client.call(lab.resource(), token).send().isSuccess()
            && client.call(lab.secondResource(), token).send().isSuccess();
    if (everywhere) {
      play.residual(
          "one token for both",
          "OA-11",
          "a client can ask for a token that several resource servers take (RFC 8707 section 2.2);"
              + " its key alone keeps them from using it at each other");
    } else {
      play.holds("one token for both", true, "it is good at one of them", "OA-11");
    }
  }

  private static void otherScope(Play play, Caller client, UserAgent browser, Lab lab)
      throws IOException {
    String needed = lab.resource().scope();
    String less =
        String.join(
            " ",
            Arrays.stream(client.client().scope().split(" "))
                .filter(one -> !Arrays.asList(needed.split(" ")).contains(one))
                .toList());
    if (needed.isEmpty() || less.isBlank()) {
      return;
    }
    Push push = client.push();
    lab.resource().indicator().ifPresent(one -> push.call().set("resource", one));
    push.call().set("scope", less);
    Tokens narrow =
        play.twin(
            "a token without the scope of the resource",
            () ->
                Tokens.of(
                    client.redeem(client.coded(browser, lab.victim(), push.pushed())).send()));
    play.refused(
        "a token without the scope that the resource needs",
        client.attacking().call(lab.resource(), narrow.access()).send(),
        Expected.error("SP-5.3.4-4", "insufficient_scope", "invalid_token").status(401, 403));
  }
}
