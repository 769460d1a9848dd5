package dev.countersign.server.token;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.protocol.token.TokenResponse;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.server.issue.AccessTokens;
import dev.countersign.server.issue.Audience;
import dev.countersign.server.issue.Entitlements;
import dev.countersign.server.issue.PreparedToken;
import dev.countersign.server.refusal.Replays;
import dev.countersign.store.Grants;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.NewClientToken;
import dev.countersign.store.OnceKey;
import java.time.Instant;
import java.util.Optional;

/** Issues a client a token for itself (RFC 6749 section 4.4); never a refresh or an ID token. */
public final class ClientCredentialsGrant {
  private final Grants store;
  private final Clients clients;
  private final Entitlements entitlements;
  private final AccessTokens accessTokens;

  /**
   * Issues and keeps the traces in the store.
   *
   * @param clients says whose registrations the store holds
   */
  public ClientCredentialsGrant(
      Grants store, Clients clients, Entitlements entitlements, AccessTokens accessTokens) {
    this.store = store;
    this.clients = clients;
    this.entitlements = entitlements;
    this.accessTokens = accessTokens;
  }

  @Enforces({"SP-5.3.2.1-4", "SP-5.3.2.1-14", "AT-2"})
  TokenResponse issue(Caller caller, TokenRequest.ClientCredentials asked, Instant now) {
    Audience audience =
        entitlements.ofClient(
            caller.client(), asked.scope(), asked.resources(), asked.authorizationDetails(), now);
    PreparedToken prepared =
        accessTokens.ofClient(caller.client(), audience, caller.confirmation(), now);
    return switch (keep(caller, audience, prepared, now)) {
      case ClientTokenOutcome.Issued() ->
          new TokenResponse(
              accessTokens.issue(prepared),
              prepared.tokenType(),
              Optional.of(accessTokens.lifetime()),
              Optional.empty(),
              Optional.of(audience.scope()).filter(scope -> !scope.isEmpty()),
              Optional.empty(),
              audience.details(),
              Optional.empty());
      case ClientTokenOutcome.KeyReplayed(OnceKey key) -> throw Replays.refuse(key);
      case ClientTokenOutcome.ClientGone() ->
          throw Refusal.oauth(OAuthError.INVALID_CLIENT, "SP-6.8-4", "client authentication failed")
              .withDetail("the registration of the client has just ended")
              .exception();
    };
  }

  /** One of the files needs no registration; whoever is in neither is gone. */
  @Enforces({"SP-6.8-4"})
  private ClientTokenOutcome keep(
      Caller caller, Audience audience, PreparedToken prepared, Instant now) {
    ClientId id = caller.client().id();
    NewClientToken token =
        new NewClientToken(
            id, clients.ofOperator(id).isEmpty(), audience.resources(), prepared.trace());
    return store.issueToClient(token, caller.onceKeys(), now);
  }
}
