package dev.countersign.server.userinfo;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.issue.OwnRequests;
import dev.countersign.server.issue.OwnRequests.Admitted;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells a client what a person let it know about them. */
public final class UserInfoEndpoint implements Endpoint {
  /** What a token must cover to be taken here. */
  public static final Wanted REQUIRED = Wanted.of(Scope.of(Scope.OPENID));

  private final OwnRequests requests;
  private final Grants grants;
  private final UserClaims claims;
  private final Predicate<Grant> standing;

  /**
   * Serves tokens of this server.
   *
   * @param requests lets in by tokens for this endpoint
   * @param standing whether the person and the client of a grant are still known
   */
  public UserInfoEndpoint(
      OwnRequests requests, Grants grants, UserClaims claims, Predicate<Grant> standing) {
    this.requests = requests;
    this.grants = grants;
    this.claims = claims;
    this.standing = standing;
  }

  @Override
  @Enforces({"OA-12"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    Admitted<Grant> admitted = requests.admit(request, REQUIRED, this::grant, now, log);
    return HttpResponse.json(200, claims.atUserinfo(admitted.behind(), admitted.token().scope()));
  }

  /** The token's grant, unless it was revoked. */
  @Enforces({"SP-5.3.4-3"})
  private Optional<Grant> grant(AccessTokenClaims token, Instant now) {
    return grants.findByAccessToken(token.jti(), now).filter(standing);
  }
}
