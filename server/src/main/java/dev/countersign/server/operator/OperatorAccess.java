package dev.countersign.server.operator;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.VerifiedResourceRequest;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.issue.OwnTokens;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Grants;
import dev.countersign.store.OnceKeys;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Lets operators in: whoever has a token with {@value RegisteredClient#OPERATOR_SCOPE} that a
 * client got for itself, bound to its sender, not revoked, while the files still let that client be
 * an operator's. Safe for any number of threads.
 */
public final class OperatorAccess {
  /** What a token must cover to be taken here. */
  public static final Wanted REQUIRED = Wanted.of(Scope.of(RegisteredClient.OPERATOR_SCOPE));

  private final ResourceRequestVerifier requests;
  private final OwnTokens tokens;
  private final List<URI> places;
  private final Grants grants;
  private final OnceKeys onceKeys;
  private final Clients clients;

  /**
   * Takes tokens of this server.
   *
   * @param requests expects the operator's API as audience
   * @param tokens reads tokens of this server
   * @param places the public URLs of the API, whichever listener was reached
   */
  public OperatorAccess(
      ResourceRequestVerifier requests,
      OwnTokens tokens,
      List<URI> places,
      Grants grants,
      OnceKeys onceKeys,
      Clients clients) {
    this.requests = requests;
    this.tokens = tokens;
    this.places = List.copyOf(places);
    this.grants = grants;
    this.onceKeys = onceKeys;
    this.clients = clients;
  }

  /** A caller who may do what operators may; only {@link #admit} makes it. */
  sealed interface Operator {
    /** By which client. */
    ClientId client();
  }

  private record Admitted(ClientId client) implements Operator {}

  /** Verifies token and proof, and uses up the proof. Refuses as a resource server does. */
  @Enforces({"SP-5.3.4-2", "SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "DP-15"})
  Operator admit(HttpRequest request, Instant now, RequestLog log) {
    PresentedToken presented =
        PresentedToken.read(request.headers(), request.query(), request.body());
    VerifiedAccessToken token = tokens.require(presented, requests, now);
    log.client(token.claims().clientId());
    VerifiedResourceRequest verified =
        requests.verify(
            token,
            request.method(),
            urls(request),
            request.headers(),
            ClientCertificate.of(request.clientCertificates()),
            REQUIRED,
            now);
    ClientId client = requireStanding(token.claims(), now);
    verified
        .proof()
        .ifPresent(proof -> Replays.useUp(onceKeys, Set.of(Proofs.onceKey(proof)), now));
    return new Admitted(client);
  }

  /** Where the request went; the table of routes has seen that its path is one of ours. */
  private List<URI> urls(HttpRequest request) {
    try {
      URI path = URI.create(request.path());
      return places.stream().map(place -> place.resolve(path)).toList();
    } catch (IllegalArgumentException malformed) {
      throw Unknown.thing("the path is no part of a URL");
    }
  }

  @Enforces({"SP-5.3.4-3"})
  private ClientId requireStanding(AccessTokenClaims token, Instant now) {
    return grants
        .findClientByAccessToken(token.jti(), now)
        .filter(token.clientId()::equals)
        .flatMap(clients::ofOperator)
        .filter(client -> client.scope().contains(RegisteredClient.OPERATOR_SCOPE))
        .map(RegisteredClient::id)
        .orElseThrow(
            () ->
                Refusal.oauth(
                        OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
                    .withDetail(
                        "it is revoked, or its client is none of an operator's in the files")
                    .exception());
  }
}
