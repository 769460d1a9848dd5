package dev.countersign.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How the built-in login is protected against guessing.
 *
 * @param failuresPerAccount failed logins of one username before it has to wait; 1 to 100
 * @param failuresPerAddress failed logins from one address within a window; empty: any number,
 *     because all people come from one address
 * @param window how long a failure counts
 */
public record LoginConfig(
    int failuresPerAccount, Optional<Integer> failuresPerAddress, Duration window) {
  static final int PER_ACCOUNT = 5;
  static final int PER_ADDRESS = 30;
  static final Duration WINDOW = Duration.ofMinutes(15);

  /** What a file that says nothing of it means. */
  public static LoginConfig usual() {
    return new LoginConfig(PER_ACCOUNT, Optional.of(PER_ADDRESS), WINDOW);
  }
}
