package dev.countersign.server.register;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.RegistrationAccessToken;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.Registration;
import java.net.URI;

/** The client information response (RFC 7591 section 3.2.1, RFC 7592 section 3). */
final class Answers {
  private Answers() {}

  /**
   * All that is registered.
   *
   * @param metadata says what that is
   * @param token the one that the client has, or is to have
   * @param endpoint the registration endpoint
   */
  @Enforces({"DC-1", "DC-4"})
  static HttpResponse of(
      int status,
      Registration registration,
      ClientMetadata metadata,
      RegistrationAccessToken token,
      URI endpoint) {
    JsonObject body =
        JsonObject.builder()
            .put("client_id", registration.client().value())
            .put("client_id_issued_at", registration.issuedAt().getEpochSecond())
            .put("registration_client_uri", endpoint + "/" + registration.client().value())
            .put("registration_access_token", token.reveal())
            .putAll(metadata.shown(registration))
            .build();
    return HttpResponse.json(status, body)
        .with("Cache-Control", "no-store")
        .with("Pragma", "no-cache");
  }
}
