package dev.countersign.demo.story;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells exchanges one after the other: takes each apart, says what it is and what is seen in it,
 * and remembers it for those that follow. For one thread.
 */
public final class Teller {
  private final KeyRing keys;
  private final Story story;
  private final Observations observations;

  /** A teller of a story that begins. */
  public Teller(KeyRing keys, Story story, Observations observations) {
    this.keys = keys;
    this.story = story;
    this.observations = observations;
  }

  /** The exchange, taken apart; it is not told by that. */
  public Evidence evidence(Exchange exchange) {
    return new Evidence(exchange, keys, story);
  }

  /**
   * Learns the keys of the authorization server before they are heard of, so that signatures that
   * come earlier have an owner too.
   *
   * @param jwks the key set that the server publishes
   */
  public void learn(JsonObject jwks) {
    keys.learn(jwks);
  }

  /** Tells an exchange as what it is recognised to be. */
  public Told tell(Exchange exchange) {
    Evidence evidence = evidence(exchange);
    return tell(evidence, Recognition.of(evidence));
  }

  /** Tells an exchange as what the script says it is. */
  public Told tell(Evidence evidence, MessageKind kind) {
    if (kind == MessageKind.KEYS) {
      keys.learn(evidence.json());
    }
    List<Sight> meets = new ArrayList<>();
    List<Sight> misses = new ArrayList<>();
    for (Observation observation : observations.in(kind)) {
      if (observation.matters().test(evidence)) {
        Sight sight = new Sight(observation.id(), observation.what());
        (observation.holds().test(evidence) ? meets : misses).add(sight);
      }
    }
    story.add(kind, evidence);
    return told(evidence, kind, meets, misses);
  }

  /** What can be shown of an exchange, without any claim about it. */
  public static Told unjudged(Evidence evidence) {
    return told(evidence, MessageKind.OTHER, List.of(), List.of());
  }

  private static Told told(
      Evidence evidence, MessageKind kind, List<Sight> meets, List<Sight> misses) {
    Optional<Refused> refused =
        evidence
            .exchange()
            .refusal()
            .map(refusal -> new Refused(refusal.rule(), refusal.description()));
    return new Told(
        evidence.exchange(),
        kind,
        MessageDecoder.sends(evidence),
        MessageDecoder.signed(evidence),
        MessageDecoder.answers(evidence),
        refused,
        meets,
        misses);
  }
}
