package dev.countersign.server.register;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.Locale;
import java.util.stream.Collectors;

/** The JSON body of a request. */
final class Sent {
  private Sent() {}

  /**
   * The metadata, without the members that are null: RFC 7592 section 2.2 has null mean the same as
   * to leave a member out.
   *
   * @throws RefusalException {@code invalid_client_metadata} for any other body
   */
  @Enforces({"DC-1", "DC-4"})
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
      JsonObject all = JsonObject.parse(request.body());
      return all.only(
          all.names().stream()
              .filter(name -> !all.isNull(name))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (MalformedJsonException e) {
      throw Refused.because(OAuthError.INVALID_CLIENT_METADATA, "the body", e.reason());
    }
  }
}
