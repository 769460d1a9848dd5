package dev.countersign.protocol.resourcerequest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.protocol.accesstoken.SenderConstraint;
import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An access token as it came: in the Authorization header, under the scheme {@code DPoP} or {@code
 * Bearer}. Nothing about it is verified yet.
 *
 * @param scheme whose scheme it came by
 * @param token the token
 */
public record PresentedToken(SenderConstraint scheme, AccessToken token) {
  private static final Pattern TOKEN68 = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final String PARAMETER = "access_token";

  /**
   * Reads the token from the one place where it may stand. The scheme is compared without regard to
   * case.
   *
   * @param rawQuery the query as it was sent, undecoded; one that is no list of parameters is
   *     nothing of ours and let be
   * @throws RefusalException 401 without error code when there are no credentials of a scheme we
   *     know; {@code invalid_token} when the token is too long to be one; {@code invalid_request}
   *     when a token is in the query, however its name is escaped, or when there are two
   *     Authorization headers or a broken one
   */
  @Enforces({"SP-5.3.4-1", "SP-5.3.4-2", "DP-12", "OA-9"})
  public static PresentedToken read(Headers headers, Optional<String> rawQuery) {
    if (rawQuery.filter(PresentedToken::namesToken).isPresent()) {
      throw refusal(
          OAuthError.INVALID_REQUEST, "SP-5.3.4-2", "the access token must not be in the query");
    }
    List<String> credentials = headers.all("Authorization");
    if (credentials.isEmpty()) {
      throw noCredentials();
    }
    if (credentials.size() > 1) {
      throw refusal(
          OAuthError.INVALID_REQUEST, "DP-12", "more than one Authorization header was sent");
    }
    String header = credentials.getFirst().strip();
    int space = header.indexOf(' ');
    SenderConstraint scheme =
        SenderConstraint.ofScheme(space < 0 ? header : header.substring(0, space))
            .orElseThrow(PresentedToken::noCredentials);
    String value = space < 0 ? "" : header.substring(space + 1).strip();
    return new PresentedToken(scheme, token(value));
  }

  /**
   * The same for a resource that sees the body: a token in a form (RFC 6750 section 2.2) is refused
   * with {@code invalid_request} too. A body that is no form is not looked at.
   */
  @Enforces({"SP-5.3.4-2"})
  public static PresentedToken read(Headers headers, Optional<String> rawQuery, byte[] body) {
    if (isForm(headers) && namesToken(new String(body, ISO_8859_1))) {
      throw refusal(
          OAuthError.INVALID_REQUEST, "SP-5.3.4-2", "the access token must not be in the body");
    }
    return read(headers, rawQuery);
  }

  private static boolean isForm(Headers headers) {
    return headers.all("Content-Type").stream()
        .anyMatch(type -> type.strip().toLowerCase(Locale.ROOT).startsWith(FORM_TYPE));
  }

  private static boolean namesToken(String parameters) {
    return Stream.of(parameters.split("&"))
        .map(parameter -> parameter.split("=", 2)[0])
        .anyMatch(PresentedToken::isNameOfToken);
  }

  private static boolean isNameOfToken(String escaped) {
    try {
      return URLDecoder.decode(escaped, ISO_8859_1).equals(PARAMETER);
    } catch (IllegalArgumentException brokenEscape) {
      return false;
    }
  }

  private static AccessToken token(String value) {
    if (!TOKEN68.matcher(value).matches()) {
      throw refusal(
          OAuthError.INVALID_REQUEST, "SP-5.3.4-1", "the Authorization header is malformed");
    }
    return AccessToken.parse(value);
  }

  /** RFC 6750 section 3.1: a request without credentials gets a challenge without error code. */
  private static RefusalException noCredentials() {
    return Refusal.http(401, "DP-11", "an access token is needed").exception();
  }

  private static RefusalException refusal(OAuthError error, String rule, String description) {
    return Refusal.oauth(error, rule, description).exception();
  }
}
