package dev.countersign.demo.viewer;

import dev.countersign.demo.story.Evidence;
import dev.countersign.protocol.json.JsonObject;
import java.util.Optional;

/**
 * A message of the flow.
 *
 * @param evidence the exchange with all its secrets, for broken copies of it
 * @param step what it is for
 * @param attempt present where it is such a broken copy
 * @param json what may be shown of it
 */
record Message(Evidence evidence, Step step, Optional<Attempt> attempt, JsonObject json) {

  /** Its place in the picture: by when it was asked, so that what it caused comes after it. */
  int number() {
    return evidence.exchange().asked();
  }

  /** Its place in the order in which messages were heard. */
  int heard() {
    return evidence.exchange().number();
  }

  Outcome outcome() {
    return Outcome.of(evidence.exchange());
  }

  @Override
  public String toString() {
    return "Message[" + number() + "]";
  }
}
