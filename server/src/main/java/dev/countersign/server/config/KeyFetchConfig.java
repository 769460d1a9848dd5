package dev.countersign.server.config;

import dev.countersign.remote.Freshness;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/**
 * How the keys behind a client's {@code jwks_uri} are fetched.
 *
 * @param freshness how long they count
 * @param timeout longest time of one fetch; positive
 * @param allowPrivateAddresses whether they may come from this machine and the networks behind it
 * @param authorities whose certificates are trusted beside those of the JDK's authorities
 */
public record KeyFetchConfig(
    Freshness freshness,
    Duration timeout,
    boolean allowPrivateAddresses,
    List<X509Certificate> authorities) {

  /** What holds where the file says nothing. */
  public static final KeyFetchConfig STANDARD =
      new KeyFetchConfig(
          new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(30), Duration.ofHours(24)),
          Duration.ofSeconds(5),
          false,
          List.of());

  /** Copies the list. */
  public KeyFetchConfig {
    authorities = List.copyOf(authorities);
  }
}
