package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.protocol.http.FapiInteractionId;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/**
 * Sends broken copies over HTTPS, like everybody else, and finds on the wire what came of them.
 * Safe for any number of threads.
 */
final class Attacker {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The second one with the nonce that the first one brought. */
  private static final int TRIES = 2;

  private final Flow flow;
  private final Forger forger;
  private final HttpClient http;

  /**
   * An attacker.
   *
   * @param http with the attacker's voice
   */
  Attacker(Flow flow, Forger forger, HttpClient http) {
    this.flow = flow;
    this.forger = forger;
    this.http = http;
  }

  /**
   * Breaks a message.
   *
   * @return what was heard of it in the end
   * @throws NotBrokenException if there is no such message, it cannot be broken so, or nobody
   *     answered
   */
  Message attack(Break how, int number) throws NotBrokenException, InterruptedException {
    Message victim =
        flow.find(number)
            .orElseThrow(() -> new NotBrokenException("This message is not kept any more."));
    if (!forger.knows(how, victim.step()) || !isBreakable(victim)) {
      throw new NotBrokenException("This message cannot be broken in this way.");
    }
    Message heard = once(how, victim);
    for (int tries = 1; tries < TRIES && goesOn(how, heard); tries++) {
      heard = once(how, victim);
    }
    return heard;
  }

  private static boolean isBreakable(Message victim) {
    return victim.attempt().isEmpty()
        && MessageJson.isBreakable(victim.outcome(), victim.evidence().exchange());
  }

  private static boolean goesOn(Break how, Message heard) {
    return heard.outcome() == Outcome.CHALLENGED && how.followsNonces();
  }

  private Message once(Break how, Message victim) throws NotBrokenException, InterruptedException {
    Exchange exchange = victim.evidence().exchange();
    String interaction = UUID.randomUUID().toString();
    HttpRequest request =
        forger
            .forge(how, victim.evidence(), flow.nonce(exchange))
            .setHeader(FapiInteractionId.HEADER, interaction)
            .timeout(TIMEOUT)
            .build();
    flow.expect(interaction, new Attempt(how, victim.number(), victim.step()));
    try {
      http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      flow.arrived(interaction);
      throw new NotBrokenException("The broken message got no answer.", e);
    }
    return flow.arrived(interaction)
        .orElseThrow(() -> new NotBrokenException("The broken message was not heard."));
  }
}
