package dev.countersign.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The feed that tells resource servers which grants ended.
 *
 * @param lifetime how long somebody may rely on an answer; empty: there is no feed, and tokens bear
 *     no handles
 */
public record RevocationFeedConfig(Optional<Duration> lifetime) {
  /** What holds where nothing is said. */
  public static final RevocationFeedConfig STANDARD =
      new RevocationFeedConfig(Optional.of(Duration.ofMinutes(5)));
}
