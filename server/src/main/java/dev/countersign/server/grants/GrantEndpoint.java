package dev.countersign.server.grants;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.grants.GrantResource;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.VerifiedResourceRequest;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.issue.OwnTokens;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.OnceKey;
import dev.countersign.store.Store;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  private final ResourceRequestVerifier requests;
  private final OwnTokens tokens;
  private final TokenStanding standing;
  private final List<URI> urls;
  private final Store store;
  private final GrantAnswers answers;

  /**
   * Serves grants of the store.
   *
   * @param requests expects this endpoint as audience
   * @param urls the public URLs above the grants, whichever listener was reached
   */
  public GrantEndpoint(
      ResourceRequestVerifier requests,
      OwnTokens tokens,
      TokenStanding standing,
      List<URI> urls,
      Store store,
      GrantAnswers answers) {
    this.requests = requests;
    this.tokens = tokens;
    this.standing = standing;
    this.urls = List.copyOf(urls);
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
    PresentedToken presented =
        PresentedToken.read(request.headers(), request.query(), request.body());
    VerifiedAccessToken token = tokens.require(presented, requests, now);
    ClientId client = token.claims().clientId();
    log.client(client);
    VerifiedResourceRequest verified =
        requests.verify(
            token,
            request.method(),
            places(request),
            request.headers(),
            ClientCertificate.of(request.clientCertificates()),
            revoking ? TO_REVOKE : TO_QUERY,
            now);
    requireStanding(token, now);
    GrantRecord own = own(id(request), client, now);
    Set<OnceKey> once = once(verified.proof());
    return revoking ? revoke(own, once, now) : query(own, once, now);
  }

  /** Where the request went, whether or not a grant can be there. */
  private List<URI> places(HttpRequest request) {
    try {
      URI path = URI.create(request.path());
      return urls.stream().map(url -> url.resolve(path)).toList();
    } catch (IllegalArgumentException malformed) {
      throw unknown("malformed");
    }
  }

  /** A token that was revoked, or whose client is gone, is none. */
  @Enforces({"GM-6.6-3", "SP-5.3.4-3"})
  private void requireStanding(VerifiedAccessToken token, Instant now) {
    if (!standing.stands(token.claims(), now)) {
      throw Refusal.oauth(OAuthError.INVALID_TOKEN, "GM-6.6-3", "the access token is not valid")
          .withDetail("revoked, or its client is gone")
          .exception();
    }
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

  @Enforces({"GM-6.4-1", "DP-15"})
  private HttpResponse query(GrantRecord own, Set<OnceKey> once, Instant now) {
    Replays.useUp(store, once, now);
    return HttpResponse.json(200, answers.of(own).toJson());
  }

  /** Whoever was faster wanted the same. */
  @Enforces({"GM-6.5-1", "DP-15"})
  private HttpResponse revoke(GrantRecord own, Set<OnceKey> once, Instant now) {
    return switch (store.revokeGrant(own.grant().id(), once, now)) {
      case RevokeOutcome.Revoked(), RevokeOutcome.AlreadyGone() -> HttpResponse.empty(204);
      case RevokeOutcome.KeyReplayed(OnceKey key) -> throw Replays.refuse(key);
    };
  }

  private static Set<OnceKey> once(Optional<VerifiedDpopProof> proof) {
    return proof.map(Proofs::onceKey).stream().collect(Collectors.toUnmodifiableSet());
  }
}
