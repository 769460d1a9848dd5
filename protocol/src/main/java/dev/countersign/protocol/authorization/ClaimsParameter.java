package dev.countersign.protocol.authorization;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import java.util.List;
import java.util.Optional;

/**
 * The {@code claims} parameter (OpenID Connect Core section 5.5). Most of it may be ignored; a
 * demand for a certain person, or for an essential {@code acr}, must not be: ignoring it would give
 * a token for somebody else, or for a weaker login.
 */
final class ClaimsParameter {
  private ClaimsParameter() {}

  /**
   * Refuses what this server cannot promise: a {@code sub} of a certain value ({@code
   * invalid_request}) and an essential {@code acr} of certain values ({@code
   * unmet_authentication_requirements}).
   */
  @Enforces({"OA-16"})
  static void requireMeetable(JsonObject claims) throws MalformedJsonException {
    for (String place : List.of("id_token", "userinfo")) {
      Optional<JsonObject> wanted = member(claims, place);
      if (wanted.flatMap(all -> member(all, "sub")).filter(ClaimsParameter::hasValue).isPresent()) {
        throw Refusal.oauth(
                OAuthError.INVALID_REQUEST, "OA-16", "claims must not name a certain sub")
            .exception();
      }
      Optional<JsonObject> acr = wanted.flatMap(all -> member(all, "acr"));
      if (acr.isPresent() && hasValue(acr.get()) && acr.get().bool("essential").orElse(false)) {
        throw Refusal.oauth(
                OAuthError.UNMET_AUTHENTICATION_REQUIREMENTS,
                "OA-16",
                "the essential acr cannot be met")
            .exception();
      }
    }
  }

  /** A member that is an object; {@code null} and other forms ask for nothing in particular. */
  private static Optional<JsonObject> member(JsonObject object, String name) {
    try {
      return object.object(name);
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static boolean hasValue(JsonObject wanted) {
    return wanted.has("value") || wanted.has("values");
  }
}
