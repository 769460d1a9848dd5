package dev.countersign.server.issue;

import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.NewRefreshToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Refresh tokens: random, bound to the client and not to its DPoP key (DP-6), never rotated
 * (SP-5.3.2.1-9). Safe for any number of threads.
 */
public final class RefreshTokens {
  private final Optional<Duration> lifetime;
  private final SecureRandom random;

  /**
   * Makes refresh tokens.
   *
   * @param lifetime empty: as long as their grant
   */
  public RefreshTokens(Optional<Duration> lifetime, SecureRandom random) {
    this.lifetime = lifetime;
    this.random = random;
  }

  /** A new token. */
  @Enforces({"SP-5.4.1-4"})
  public RefreshToken create() {
    return RefreshToken.random(random);
  }

  /** What the store keeps of it. */
  public NewRefreshToken trace(RefreshToken token, Instant now) {
    return new NewRefreshToken(token.digest(), lifetime.map(now::plus));
  }
}
