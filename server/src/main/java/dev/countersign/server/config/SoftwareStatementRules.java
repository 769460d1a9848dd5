package dev.countersign.server.config;

import dev.countersign.server.client.ClientKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whose software statements (RFC 7591 section 2.3) are taken.
 *
 * @param required whether nobody registers without one
 * @param issuers who is trusted to make them; empty: nobody
 */
public record SoftwareStatementRules(boolean required, List<Trusted> issuers) {

  /** Copies the list. */
  public SoftwareStatementRules {
    issuers = List.copyOf(issuers);
  }

  /**
   * One who is trusted.
   *
   * @param issuer the {@code iss} of its statements; any text, compared character by character
   * @param keys where the keys are that they are signed with
   * @param maxAge how old one may be when it comes, by its {@code iat}; empty: as it says itself
   */
  public record Trusted(String issuer, ClientKeys keys, Optional<Duration> maxAge) {}

  /** The trusted one of that name; empty if nobody of that name is trusted. */
  public Optional<Trusted> trusted(String issuer) {
    return issuers.stream().filter(one -> one.issuer().equals(issuer)).findFirst();
  }
}
