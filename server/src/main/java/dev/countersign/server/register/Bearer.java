package dev.countersign.server.register;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Locale;

/** The token in the Authorization header (RFC 6750 section 2.1). */
final class Bearer {
  private static final String SCHEME = "bearer ";

  private Bearer() {}

  /**
   * The token as it came.
   *
   * @throws RefusalException 401 without error code if there is none; {@code invalid_request} if
   *     there are two headers
   */
  @Enforces({"DC-1", "DC-4"})
  static String token(HttpRequest request, String rule) {
    List<String> credentials = request.headers().all("Authorization");
    if (credentials.size() > 1) {
      throw Refusal.oauth(
              OAuthError.INVALID_REQUEST, rule, "more than one Authorization header was sent")
          .exception();
    }
    return credentials.stream()
        .map(String::strip)
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(SCHEME))
        .map(header -> header.substring(SCHEME.length()).strip())
        .findFirst()
        .orElseThrow(() -> Refusal.http(401, rule, "an access token is needed").exception());
  }
}
