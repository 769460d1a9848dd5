package dev.countersign.attacker.deployment;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * What the attack may do to others. Whatever is not allowed here is refused before anything is
 * sent.
 *
 * @param allow {@code host:port} of every server that may be reached, in lower case
 * @param requestsPerSecond 1 to 1000: the pace is never faster; what must be sent at the same
 *     moment is, and the pace is made up for afterwards
 * @param maxRequests 1 to 1000000: the attack ends there
 * @param timeout how long a whole answer is waited for
 * @param heavy whether recipes run that send much at once (large messages, many requests in
 *     parallel, slow bodies)
 */
public record Bounds(
    Set<String> allow, int requestsPerSecond, int maxRequests, Duration timeout, boolean heavy) {

  /** Copies the set. */
  public Bounds {
    allow = Set.copyOf(allow);
    if (requestsPerSecond < 1 || requestsPerSecond > 1000) {
      throw new IllegalArgumentException("requestsPerSecond must be from 1 to 1000");
    }
    if (maxRequests < 1 || maxRequests > 1_000_000) {
      throw new IllegalArgumentException("maxRequests must be from 1 to 1000000");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be more than 0");
    }
  }

  /** Whether the server of a URL may be reached. */
  public boolean allows(URI url) {
    return allow.contains(authority(url));
  }

  /** {@code host:port} of a URL, in lower case; 443 or 80 where none is named. */
  public static String authority(URI url) {
    String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
    int usual = "http".equals(url.getScheme()) ? 80 : 443;
    return host + ":" + (url.getPort() < 0 ? usual : url.getPort());
  }
}
