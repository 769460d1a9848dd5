package dev.countersign.server.revoke;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.revocation.RevocationRequest;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.AuthenticatedClient;
import dev.countersign.server.client.ClientAuthenticator;
import dev.countersign.server.http.FormBody;
import dev.countersign.server.issue.OwnTokens;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Ends tokens, and with them their grants, for the client they were given to (RFC 7009). */
public final class RevocationEndpoint implements Endpoint {
  private final ClientAuthenticator clients;
  private final OwnTokens tokens;
  private final Grants grants;
  private final OnceKeys onceKeys;

  /**
   * Ends tokens of this server.
   *
   * @param tokens knows every access token of this server
   */
  public RevocationEndpoint(
      ClientAuthenticator clients, OwnTokens tokens, Grants grants, OnceKeys onceKeys) {
    this.clients = clients;
    this.tokens = tokens;
    this.grants = grants;
    this.onceKeys = onceKeys;
  }

  /** What a token turns out to be. */
  private sealed interface Found {
    /** It hangs on a grant. */
    record OfGrant(Grant grant) implements Found {}

    /** A client got it for itself: it hangs on nothing and ends alone. */
    record OfClient(ClientId client, Jti jti) implements Found {}

    /** Unknown, expired or revoked: which of these, nobody is told. */
    record Nothing() implements Found {}
  }

  @Override
  @Enforces({"RV-1", "RV-2", "SP-5.3.2.1-6"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Form form = FormBody.read(request);
    AuthenticatedClient client = clients.authenticate(form, request, now);
    ClientId caller = client.client().id();
    log.client(caller);
    Set<OnceKey> once = client.onceKeys();
    switch (ownedBy(caller, find(RevocationRequest.read(form), now))) {
      case Found.OfGrant(Grant grant) -> ended(grants.revokeGrant(grant.id(), once, now));
      case Found.OfClient(ClientId _, Jti jti) -> ended(grants.revokeClientToken(jti, once, now));
      case Found.Nothing() -> Replays.useUp(onceKeys, once, now);
    }
    return HttpResponse.empty(200);
  }

  /** Looks among all kinds of tokens: the hint may be wrong, and two looks cost little. */
  private Found find(RevocationRequest asked, Instant now) {
    return asked
        .refreshToken()
        .flatMap(token -> grants.findByRefreshToken(token.digest(), now))
        .<Found>map(Found.OfGrant::new)
        .or(() -> asked.accessToken().map(token -> find(token, now)))
        .orElseGet(Found.Nothing::new);
  }

  /**
   * RFC 7009 section 2.2: one that is not ours is no error, the client could do nothing about it.
   */
  private Found find(AccessToken token, Instant now) {
    Optional<AccessTokenClaims> claims = tokens.find(token, now);
    Optional<Grant> grant = claims.flatMap(own -> grants.findByAccessToken(own.jti(), now));
    if (grant.isPresent()) {
      return new Found.OfGrant(grant.get());
    }
    return claims.flatMap(own -> ofClient(own.jti(), now)).orElseGet(Found.Nothing::new);
  }

  private Optional<Found> ofClient(Jti jti, Instant now) {
    return grants.findClientByAccessToken(jti, now).map(client -> new Found.OfClient(client, jti));
  }

  /** Refuses the token of another client, which goes on. */
  @Enforces({"RV-1"})
  private static Found ownedBy(ClientId caller, Found found) {
    Optional<ClientId> owner =
        switch (found) {
          case Found.OfGrant(Grant grant) -> Optional.of(grant.clientId());
          case Found.OfClient(ClientId client, Jti _) -> Optional.of(client);
          case Found.Nothing() -> Optional.empty();
        };
    if (owner.filter(client -> !client.equals(caller)).isPresent()) {
      throw Refusal.oauth(
              OAuthError.INVALID_GRANT, "RV-1", "the token was issued to another client")
          .exception();
    }
    return found;
  }

  private static void ended(RevokeOutcome outcome) {
    switch (outcome) {
      case RevokeOutcome.Revoked() -> {}
      case RevokeOutcome.AlreadyGone() -> {}
      case RevokeOutcome.KeyReplayed(OnceKey key) -> throw Replays.refuse(key);
    }
  }
}
