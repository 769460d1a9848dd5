package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.http.Challenge;
import java.util.List;

/**
 * How a resource answers a request that it refuses. Made by {@link ResourceChallenges}.
 *
 * @param status HTTP status
 * @param challenges the challenges to send, each in a {@code WWW-Authenticate} field of its own;
 *     empty where a better token would not help (404, 503...)
 */
public record ResourceChallenge(int status, List<Challenge> challenges) {

  /** Copies the list. */
  public ResourceChallenge {
    challenges = List.copyOf(challenges);
  }
}
