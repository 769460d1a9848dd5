package dev.countersign.demo.story;

import dev.countersign.demo.scene.Exchange;
import java.util.List;
import java.util.Optional;

/**
 * One exchange, decoded: what may be shown of it. Secrets are shortened.
 *
 * @param exchange the exchange itself, with all its secrets
 * @param kind what it is
 * @param sends what the request says
 * @param signed what is signed in it and in the answer
 * @param answers what the answer says
 * @param refused the reason, if it was refused
 * @param meets what was to be seen and was seen
 * @param misses what was to be seen and was not
 */
public record Told(
    Exchange exchange,
    MessageKind kind,
    List<Detail> sends,
    List<Signed> signed,
    List<Detail> answers,
    Optional<Refused> refused,
    List<Sight> meets,
    List<Sight> misses) {

  /** Copies the lists. */
  public Told {
    sends = List.copyOf(sends);
    signed = List.copyOf(signed);
    answers = List.copyOf(answers);
    meets = List.copyOf(meets);
    misses = List.copyOf(misses);
  }
}
