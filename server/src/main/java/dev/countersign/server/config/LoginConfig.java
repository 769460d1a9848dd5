package dev.countersign.server.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The built-in login, and how it is protected against guessing.
 *
 * @param acr the authentication context that every login states ({@code acr}); empty: none
 * @param failuresPerAccount failed logins of one username before it has to wait; 1 to 100
 * @param failuresPerAddress failed logins from one address within a window; empty: any number,
 *     because all people come from one address
 * @param window how long a failure counts
 */
public record LoginConfig(
    Optional<String> acr,
    int failuresPerAccount,
    Optional<Integer> failuresPerAddress,
    Duration window) {

  /** What a file that says nothing of it means. */
  public static LoginConfig usual() {
    return new LoginConfig(Optional.empty(), 5, Optional.of(30), Duration.ofMinutes(15));
  }
}
