package dev.countersign.server.register;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.Locale;

/** The JSON body of a request. */
final class Sent {
  private Sent() {}

  /**
   * The metadata as it came.
   *
   * @throws RefusalException {@code invalid_client_metadata} for any other body
   */
  @Enforces({"DC-1"})
  static JsonObject metadata(HttpRequest request) {
    boolean json =
        request
            .headers()
            .first("Content-Type")
            .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
            .filter("application/json"::equals)
            .isPresent();
    if (!json) {
      throw Refused.because(
          OAuthError.INVALID_CLIENT_METADATA, "the body", "is not application/json");
    }
    try {
      return JsonObject.parse(request.body());
    } catch (MalformedJsonException e) {
      throw Refused.because(OAuthError.INVALID_CLIENT_METADATA, "the body", e.reason());
    }
  }
}
