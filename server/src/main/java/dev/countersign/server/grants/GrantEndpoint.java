package dev.countersign.server.grants;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.OwnRequests;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Says what a grant allows, or ends it, at the word of the client that has it. */
public final class GrantEndpoint implements Endpoint {
  /** What the log calls a query. */
  public static final String QUERY = "grant_query";

  /** What the log calls a revocation. */
  public static final String REVOKE = "grant_revoke";

  /** What a token must cover to query. */
  public static final Wanted TO_QUERY = Wanted.of(Scope.of(GrantResource.QUERY_SCOPE));

  /** What a token must cover to revoke. */
  public static final Wanted TO_REVOKE = Wanted.of(Scope.of(GrantResource.REVOKE_SCOPE));

  private final OwnRequests requests;
  private final TokenStanding standing;
  private final Store store;
  private final GrantAnswers answers;

  /**
   * Serves grants of the store.
   *
   * @param requests lets in by tokens for this endpoint
   */
  public GrantEndpoint(
      OwnRequests requests, TokenStanding standing, Store store, GrantAnswers answers) {
    this.requests = requests;
    this.standing = standing;
    this.store = store;
    this.answers = answers;
  }

  /**
   * The token is looked at first and its scope before the grant, so that every answer but to the
   * client of the grant is the same whether the grant is there or not.
   */
  @Override
  @Enforces({"GM-6.1-1", "GM-6.6-1", "GM-6.6-2", "GM-6.6-3", "GM-10-1"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    boolean revoking = request.method().equals("DELETE");
    Wanted wanted = revoking ? TO_REVOKE : TO_QUERY;
    ClientId client = requests.admit(request, wanted, this::client, now, log).behind();
    GrantRecord own = own(id(request), client, now);
    return revoking ? revoke(own, now) : query(own);
  }

  /** A token that was revoked, or whose client is gone, is none. */
  @Enforces({"GM-6.6-3", "SP-5.3.4-3"})
  private Optional<ClientId> client(AccessTokenClaims token, Instant now) {
    return standing.stands(token, now) ? Optional.of(token.clientId()) : Optional.empty();
  }

  /** What cannot be the name of a grant of ours is the name of none. */
  @Enforces({"GM-6.3-1", "GM-6.6-1"})
  private static GrantId id(HttpRequest request) {
    String last = request.path().substring(request.path().lastIndexOf('/') + 1);
    if (!last.matches("[A-Za-z0-9_-]{1,255}")) {
      throw unknown("malformed");
    }
    return new GrantId(last);
  }

  /** A grant of another client is unknown to this one: nobody learns here which there are. */
  @Enforces({"GM-6.6-1", "GM-6.6-2"})
  private GrantRecord own(GrantId id, ClientId client, Instant now) {
    Optional<GrantRecord> found = store.findGrant(id, now);
    return found
        .filter(record -> record.grant().clientId().equals(client))
        .orElseThrow(
            () -> unknown(found.isPresent() ? "another client's" : "unknown, ended or over"));
  }

  private static RefusalException unknown(String came) {
    return Refusal.http(404, "GM-6.6-1", "there is no such grant")
        .withDetail(Refusal.mismatch("grant_id", came, "one of the client's that stands"))
        .exception();
  }

  @Enforces({"GM-6.4-1"})
  private HttpResponse query(GrantRecord own) {
    return HttpResponse.json(200, answers.of(own).toJson());
  }

  /** Without keys of its own: the proof is used up. Whoever was faster wanted the same. */
  @Enforces({"GM-6.5-1"})
  private HttpResponse revoke(GrantRecord own, Instant now) {
    store.revokeGrant(own.grant().id(), Set.of(), now);
    return HttpResponse.empty(204);
  }
}
