package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.requirement.Enforces;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The login that a resource wants to be behind a token (RFC 9470 section 3). A token that does not
 * say how or when its person logged in does not have it, unless nothing is wanted.
 *
 * @param acrValues authentication contexts, the best liked first, one of which is needed; empty for
 *     any
 * @param maxAge how long ago the login may be, inclusive, in whole seconds; at least one second,
 *     since no request could meet less
 */
public record UserAuthentication(List<String> acrValues, Optional<Duration> maxAge) {

  /** Whatever login there was, or none. */
  public static final UserAuthentication ANY = new UserAuthentication(List.of(), Optional.empty());

  /** Copies the list; refuses with {@link IllegalArgumentException} what no challenge can say. */
  public UserAuthentication {
    acrValues = List.copyOf(acrValues);
    if (!acrValues.stream().allMatch(UserAuthentication::isAcr)) {
      throw new IllegalArgumentException(
          "UserAuthentication.acrValues must be visible ASCII without quotes (SU-1)");
    }
    if (maxAge.filter(age -> age.getSeconds() < 1 || age.getNano() != 0).isPresent()) {
      throw new IllegalArgumentException(
          "UserAuthentication.maxAge must be whole seconds, at least one (SU-1)");
    }
  }

  /** A login in one of these contexts, the best liked first. */
  public static UserAuthentication oneOf(String... acrValues) {
    return new UserAuthentication(List.of(acrValues), Optional.empty());
  }

  /** A login not longer ago than this. */
  public static UserAuthentication within(Duration maxAge) {
    return new UserAuthentication(List.of(), Optional.of(maxAge));
  }

  /** The same, and not longer ago than this. */
  public UserAuthentication andWithin(Duration age) {
    return new UserAuthentication(acrValues, Optional.of(age));
  }

  /** Whether the token says that there was such a login. */
  @Enforces({"SU-1", "SU-3"})
  boolean isBehind(AccessTokenClaims token, Instant now) {
    boolean strong = acrValues.isEmpty() || token.acr().filter(acrValues::contains).isPresent();
    boolean recent =
        maxAge.isEmpty()
            || token
                .authTime()
                .filter(at -> Duration.between(at, now).compareTo(maxAge.get()) <= 0)
                .isPresent();
    return strong && recent;
  }

  /** Adds what a challenge says of it. */
  @Enforces({"SU-1"})
  void describe(Map<String, String> attributes) {
    if (!acrValues.isEmpty()) {
      attributes.put("acr_values", String.join(" ", acrValues));
    }
    maxAge.ifPresent(age -> attributes.put("max_age", Long.toString(age.toSeconds())));
  }

  private static boolean isAcr(String value) {
    return !value.isEmpty()
        && value.chars().allMatch(c -> c >= 0x21 && c <= 0x7E && c != '"' && c != '\\');
  }
}
