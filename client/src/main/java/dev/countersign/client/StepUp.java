package dev.countersign.client;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a person must log in before a resource server lets a request pass (RFC 9470 section 3): what
 * {@link FlowRequest#withStepUp} asks for in a new flow.
 *
 * @param acrValues authentication contexts, the best first, one of which is needed; may be empty
 * @param maxAge how long ago the login may be at most
 * @param scope what the request needs, if the resource server says so
 */
public record StepUp(List<String> acrValues, Optional<Duration> maxAge, Optional<Scope> scope) {

  private static final String ERROR = "insufficient_user_authentication";

  /** Whole seconds without sign; ours: as many as a long authorization could last. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");

  /** Copies. */
  public StepUp {
    acrValues = List.copyOf(acrValues);
  }

  /** What a challenge demands; empty if it demands something else than another login. */
  @Enforces("SU-2")
  static Optional<StepUp> of(Challenge challenge) {
    if (!challenge.attribute("error").equals(Optional.of(ERROR))) {
      return Optional.empty();
    }
    return Optional.of(
        new StepUp(
            challenge.attribute("acr_values").map(StepUp::words).orElse(List.of()),
            challenge
                .attribute("max_age")
                .filter(SECONDS.asMatchPredicate())
                .map(text -> Duration.ofSeconds(Long.parseLong(text))),
            challenge.attribute("scope").flatMap(StepUp::scope)));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static Optional<Scope> scope(String text) {
    try {
      return Optional.of(Scope.parse(text));
    } catch (RefusalException malformed) {
      // The demand for another login stands without it.
      return Optional.empty();
    }
  }
}
