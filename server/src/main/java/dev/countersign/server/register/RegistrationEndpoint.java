package dev.countersign.server.register;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.InitialAccessToken;
import dev.countersign.protocol.oauth.RegistrationAccessToken;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.config.DynamicRegistration;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Registration;
import dev.countersign.store.Registrations;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Registers a client that asks for it (RFC 7591 section 3). */
public final class RegistrationEndpoint implements Endpoint {
  private final DynamicRegistration rules;
  private final ClientMetadata metadata;
  private final Registrations registrations;
  private final URI endpoint;
  private final SecureRandom random;

  /** Registers by these rules in this store. */
  public RegistrationEndpoint(
      DynamicRegistration rules,
      ClientMetadata metadata,
      Registrations registrations,
      URI endpoint,
      SecureRandom random) {
    this.rules = rules;
    this.metadata = metadata;
    this.registrations = registrations;
    this.endpoint = endpoint;
    this.random = random;
  }

  @Override
  @Enforces({"DC-1", "SP-6.7"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    requireAdmitted(request);
    ClientId id = ClientId.random(random);
    RegistrationAccessToken token = RegistrationAccessToken.random(random);
    Registration registration =
        new Registration(
            id,
            token.digest(),
            metadata.register(id, Sent.metadata(request), now).metadata(),
            now.truncatedTo(ChronoUnit.SECONDS),
            false);
    return switch (registrations.register(registration, rules.maxClients())) {
      case REGISTERED -> {
        log.client(id);
        log.detail("a client registered itself");
        yield Answers.of(201, registration, metadata, token, endpoint);
      }
      case FULL ->
          throw Refusal.oauth(
                  OAuthError.ACCESS_DENIED, "DC-1", "no more clients can register themselves")
              .withDetail("there are dynamic_registration.max_clients already")
              .exception();
    };
  }

  /** Who need not have a token but sends one counts on it: it is judged in any case. */
  @Enforces({"DC-1"})
  private void requireAdmitted(HttpRequest request) {
    if (rules.isOpen() && request.headers().all("Authorization").isEmpty()) {
      return;
    }
    if (!rules.admits(InitialAccessToken.parse(Bearer.token(request, "DC-1")))) {
      throw Refusal.oauth(OAuthError.INVALID_TOKEN, "DC-1", "the access token is not valid")
          .withDetail("it is none of dynamic_registration.initial_access_tokens")
          .exception();
    }
  }
}
