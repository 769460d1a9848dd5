package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.requirement.RequirementId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An access token as it came: in the Authorization header, under the scheme {@code DPoP}. Nothing
 * about it is verified yet.
 *
 * @param token the token
 */
public record PresentedToken(AccessToken token) {
  private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");
  private static final Pattern QUERY_TOKEN = Pattern.compile("(^|&)access_token(=|&|$)");
  private static final int LONGEST_TOKEN = 16_384;

  /**
   * Reads the token from the one place where it may stand. The scheme is compared without regard to
   * case.
   *
   * @param rawQuery the query as it was sent, undecoded
   * @throws RefusalException 401 without error code when there are no credentials of a scheme we
   *     know; {@code invalid_token} when the token came as {@code Bearer}, since every token of
   *     ours is bound to a key; {@code invalid_request} when a token is in the query, or when there
   *     are two Authorization headers or a broken one
   */
  @Enforces({"SP-5.3.4-1", "SP-5.3.4-2", "DP-12", "OA-9"})
  public static PresentedToken read(Headers headers, Optional<String> rawQuery) {
    if (rawQuery.filter(query -> QUERY_TOKEN.matcher(query).find()).isPresent()) {
      throw refusal(
          OAuthError.INVALID_REQUEST, "SP-5.3.4-2", "An access token must not be in the query");
    }
    List<String> credentials = headers.all("Authorization");
    if (credentials.isEmpty()) {
      throw noCredentials();
    }
    if (credentials.size() > 1) {
      throw refusal(
          OAuthError.INVALID_REQUEST, "DP-12", "More than one Authorization header was sent");
    }
    String header = credentials.getFirst().strip();
    int space = header.indexOf(' ');
    String scheme = (space < 0 ? header : header.substring(0, space)).toLowerCase(Locale.ROOT);
    String value = space < 0 ? "" : header.substring(space + 1).strip();
    return switch (scheme) {
      case "dpop" -> new PresentedToken(token(value));
      case "bearer" ->
          throw refusal(OAuthError.INVALID_TOKEN, "DP-12", "The access token must be sent as DPoP");
      default -> throw noCredentials();
    };
  }

  private static AccessToken token(String value) {
    if (value.length() > LONGEST_TOKEN || !TOKEN68.matcher(value).matches()) {
      throw refusal(
          OAuthError.INVALID_REQUEST, "SP-5.3.4-1", "The Authorization header is malformed");
    }
    return new AccessToken(value);
  }

  /** RFC 6750 section 3.1: a request without credentials gets a challenge without error code. */
  private static RefusalException noCredentials() {
    return new RefusalException(
        new Refusal.Http(
            401, RequirementId.of("SP-5.3.4-1"), "An access token is required", Optional.empty()));
  }

  private static RefusalException refusal(OAuthError error, String rule, String description) {
    return new RefusalException(Refusal.oauth(error, rule, description));
  }
}
