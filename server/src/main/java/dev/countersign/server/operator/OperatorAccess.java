package dev.countersign.server.operator;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.client.Clients;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.issue.OwnRequests;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Grants;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets operators in: whoever has a token with {@value RegisteredClient#OPERATOR_SCOPE} that a
 * client got for itself, bound to its sender, not revoked, while the files still let that client be
 * an operator's. Safe for any number of threads.
 */
public final class OperatorAccess {
  /** What a token must cover to be taken here. */
  public static final Wanted REQUIRED = Wanted.of(Scope.of(RegisteredClient.OPERATOR_SCOPE));

  private final OwnRequests requests;
  private final Grants grants;
  private final Clients clients;

  /**
   * Takes tokens of this server.
   *
   * @param requests lets in by tokens for the operator's API
   */
  public OperatorAccess(OwnRequests requests, Grants grants, Clients clients) {
    this.requests = requests;
    this.grants = grants;
    this.clients = clients;
  }

  /** A caller who may do what operators may; only {@link #admit} makes it. */
  sealed interface Operator {
    /** By which client. */
    ClientId client();
  }

  private record Known(ClientId client) implements Operator {}

  /** Verifies token and proof, and uses up the proof. Refuses as a resource server does. */
  Operator admit(HttpRequest request, Instant now, RequestLog log) {
    return requests.admit(request, REQUIRED, this::operator, now, log).behind();
  }

  @Enforces({"SP-5.3.4-3"})
  private Optional<Operator> operator(AccessTokenClaims token, Instant now) {
    return grants
        .findClientByAccessToken(token.jti(), now)
        .filter(token.clientId()::equals)
        .flatMap(clients::ofOperator)
        .filter(client -> client.scope().contains(RegisteredClient.OPERATOR_SCOPE))
        .map(client -> new Known(client.id()));
  }
}
