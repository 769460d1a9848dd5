package dev.countersign.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * What those who run the server have of it.
 *
 * @param listen where probes and metrics are answered; empty: nowhere
 * @param drainDelay how long a stop waits, not ready but still answering, before it begins
 */
public record ManagementConfig(Optional<ListenAddress> listen, Duration drainDelay) {
  /** What holds where nothing is said. */
  public static final ManagementConfig STANDARD =
      new ManagementConfig(Optional.empty(), Duration.ZERO);
}
