package dev.countersign.attacker.recipe.resource;

import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.play.Caller;
import dev.countersign.attacker.play.Expected;
import dev.countersign.attacker.play.Lab;
import dev.countersign.attacker.play.Play;
import dev.countersign.attacker.play.Push;
import dev.countersign.attacker.play.ResourceCall;
import dev.countersign.attacker.play.Tokens;
import dev.countersign.attacker.play.UserAgent;
import dev.countersign.attacker.wire.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * A token of the victim that the attacker knows, and that is good in the right hands.
 *
 * @param client whose it is
 * @param resource what it is for
 * @param tokens with those that came with it
 * @param twin what the resource answered to it
 */
record Stolen(Caller client, TestResource resource, Tokens tokens, Answer twin) {

  /** A token of this client for the first resource, shown to be good. */
  static Stolen of(Caller client, Play play, Lab lab) throws IOException {
    Tokens tokens =
        play.twin(
            "a token by the whole right way",
            () -> forResource(client, lab.browser(), lab.resource(), lab));
    Answer twin = play.twin("it is good", client.call(lab.resource(), tokens.access()).send());
    return new Stolen(client, lab.resource(), tokens, twin);
  }

  /** Tokens for one resource; where resources have no indicator, for whatever is usual. */
  static Tokens forResource(Caller client, UserAgent browser, TestResource resource, Lab lab)
      throws IOException {
    Push push = client.push();
    resource.indicator().ifPresent(indicator -> push.call().set("resource", indicator));
    return Tokens.of(client.redeem(client.coded(browser, lab.victim(), push.pushed())).send());
  }

  /** The token itself. */
  String token() {
    return tokens.access();
  }

  /** The right call, to be changed. */
  ResourceCall call() {
    return client.attacking().call(resource, token());
  }

  /** Whether the server at this URL gave a nonce, whose time then stands in for that of iat. */
  static boolean givesNonces(Caller client, URI url) {
    return client.proof("GET", url, Optional.empty()).claimsObject().has("nonce");
  }

  /** A refusal because the token does not belong to who shows it. */
  static Expected unbound(String rule) {
    return Expected.error(rule, "invalid_token", "invalid_dpop_proof").status(401);
  }

  /** A refusal because the proof is wrong. */
  static Expected badProof(String rule) {
    return Expected.error(rule, "invalid_dpop_proof", "invalid_token").status(400, 401);
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "Stolen";
  }
}
