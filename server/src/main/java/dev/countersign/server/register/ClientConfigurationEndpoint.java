package dev.countersign.server.register;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.RegistrationAccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.KeysOfClients;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Registration;
import dev.countersign.store.Registrations;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lets a client read, replace and end its own registration (RFC 7592 section 2). */
public final class ClientConfigurationEndpoint implements Endpoint {
  /** What only the server says (RFC 7592 section 2.2), and a secret that no client of ours has. */
  private static final List<String> NOT_SENT =
      List.of(
          "registration_access_token",
          "registration_client_uri",
          "client_secret_expires_at",
          "client_id_issued_at",
          "client_secret");

  private final ClientMetadata metadata;
  private final DynamicClients clients;
  private final KeysOfClients keys;
  private final Registrations registrations;
  private final URI endpoint;

  /**
   * Serves registrations of this store.
   *
   * @param clients told of those that ended
   * @param keys told of keys that are not needed any more
   * @param endpoint the registration endpoint, under which the registrations are
   */
  public ClientConfigurationEndpoint(
      ClientMetadata metadata,
      DynamicClients clients,
      KeysOfClients keys,
      Registrations registrations,
      URI endpoint) {
    this.metadata = metadata;
    this.clients = clients;
    this.keys = keys;
    this.registrations = registrations;
    this.endpoint = endpoint;
  }

  @Override
  @Enforces({"DC-4", "DC-6"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    RegistrationAccessToken token = RegistrationAccessToken.parse(Bearer.token(request, "DC-6"));
    Registration own = own(request, token);
    log.client(own.client());
    return switch (request.method()) {
      case "PUT" -> replace(request, token, now, log);
      case "DELETE" -> end(own, now, log);
      default -> Answers.of(200, own, metadata, token, endpoint);
    };
  }

  /** One answer for whatever does not fit, so that nobody learns which ids there are. */
  @Enforces({"DC-6"})
  private Registration own(HttpRequest request, RegistrationAccessToken token) {
    return id(request)
        .flatMap(registrations::findRegistration)
        .filter(registration -> registration.accessToken().equals(token.digest()))
        .orElseThrow(ClientConfigurationEndpoint::notOwn);
  }

  private static Optional<ClientId> id(HttpRequest request) {
    String last = request.path().substring(request.path().lastIndexOf('/') + 1);
    try {
      return Optional.of(new ClientId(last));
    } catch (IllegalArgumentException nobodys) {
      return Optional.empty();
    }
  }

  /**
   * What comes is judged by what is registered; if another replacement was faster, it is judged
   * anew: two at once must not get a registration out of what binds it.
   */
  @Enforces({"DC-2", "DC-4"})
  private HttpResponse replace(
      HttpRequest request, RegistrationAccessToken token, Instant now, RequestLog log) {
    JsonObject sent = Sent.metadata(request);
    Registration own;
    JsonObject accepted;
    do {
      own = own(request, token);
      requireOwnId(own, sent);
      accepted = metadata.replace(own.client(), sent, own.metadata(), now).metadata();
    } while (!registrations.replaceRegistration(
        own.client(), token.digest(), own.metadata(), accepted, now));
    log.detail("a client replaced its registration");
    Registration replaced =
        new Registration(own.client(), own.accessToken(), accepted, own.issuedAt(), own.used());
    return Answers.of(200, replaced, metadata, token, endpoint);
  }

  @Enforces({"DC-4"})
  private static void requireOwnId(Registration own, JsonObject sent) {
    for (String name : NOT_SENT) {
      if (sent.has(name)) {
        throw Refused.because(
            OAuthError.INVALID_CLIENT_METADATA, name, "must not be sent to replace a registration");
      }
    }
    try {
      if (sent.string("client_id").filter(own.client().value()::equals).isEmpty()) {
        throw Refused.because(
            OAuthError.INVALID_CLIENT_METADATA, "client_id", "is missing or another client's");
      }
    } catch (MalformedJsonException e) {
      throw Refused.malformed(e);
    }
  }

  private HttpResponse end(Registration own, Instant now, RequestLog log) {
    if (!registrations.endRegistration(own.client(), own.accessToken(), now)) {
      throw notOwn();
    }
    clients.forget(own.client(), keys);
    log.detail("a client ended its registration");
    return HttpResponse.empty(204);
  }

  private static RefusalException notOwn() {
    return Refusal.oauth(OAuthError.INVALID_TOKEN, "DC-6", "the access token is not valid")
        .withDetail("no such client, or another token than its own")
        .exception();
  }
}
