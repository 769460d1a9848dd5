package dev.countersign.server.token;

import dev.countersign.protocol.token.TokenRequest;
import dev.countersign.protocol.token.TokenResponse;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.AccessTokens;
import dev.countersign.server.issue.Audience;
import dev.countersign.server.issue.Entitlements;
import dev.countersign.server.issue.PreparedToken;
import dev.countersign.server.refusal.Replays;
import dev.countersign.store.Grants;
import dev.countersign.store.Grants.ClientTokenOutcome;
import dev.countersign.store.OnceKey;
import java.time.Instant;
import java.util.Optional;

/** Issues a client a token for itself (RFC 6749 section 4.4); never a refresh or an ID token. */
public final class ClientCredentialsGrant {
  private final Grants store;
  private final Entitlements entitlements;
  private final AccessTokens accessTokens;

  /** Issues and keeps the traces in the store. */
  public ClientCredentialsGrant(
      Grants store, Entitlements entitlements, AccessTokens accessTokens) {
    this.store = store;
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
    ClientTokenOutcome outcome =
        store.issueToClient(caller.client().id(), prepared.trace(), caller.onceKeys(), now);
    return switch (outcome) {
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
    };
  }
}
