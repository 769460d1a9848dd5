package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Signing;
import dev.countersign.protocol.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * A message that the reader broke.
 *
 * @param how what was done to it
 * @param victim number of the message it was made of
 * @param step of that message
 */
record Attempt(Break how, int victim, Step step) {

  /** What came of it. */
  enum Verdict {
    /** It was refused by the rule that it was to show. */
    REFUSED,
    /** It was refused by another rule, for example because what was stolen is too old by now. */
    REFUSED_OTHERWISE,
    /** No rule refused it. */
    LET_IN
  }

  /** Read from the answer. An answer that names no rule is none that refused it. */
  Verdict verdict(Exchange answered) {
    return answered
        .refusal()
        .map(
            refusal ->
                how.rules(step).contains(refusal.rule().value())
                    ? Verdict.REFUSED
                    : Verdict.REFUSED_OTHERWISE)
        .orElse(Verdict.LET_IN);
  }

  JsonObject toJson(Exchange answered, Signing signing) {
    return JsonObject.builder()
        .put("victim", victim)
        .put("how", how.id())
        .put("label", how.label())
        .put("tells", how.tells(step, signing))
        .put("lesson", how.lesson())
        .put("rules", List.copyOf(how.rules(step)))
        .put("verdict", verdict(answered).name().toLowerCase(Locale.ROOT))
        .build();
  }
}
