package dev.countersign.server.userinfo;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.VerifiedResourceRequest;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.issue.OwnTokens;
import dev.countersign.server.issue.UserClaims;
import dev.countersign.server.refusal.Endpoint;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.Grant;
import dev.countersign.store.Grants;
import dev.countersign.store.OnceKeys;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Tells a client what a person let it know about them. */
public final class UserInfoEndpoint implements Endpoint {
  /** What a token must cover to be taken here. */
  public static final Wanted REQUIRED = Wanted.of(Scope.of(Scope.OPENID));

  private final ResourceRequestVerifier requests;
  private final OwnTokens tokens;
  private final List<URI> urls;
  private final Grants grants;
  private final OnceKeys onceKeys;
  private final UserClaims claims;
  private final Predicate<Grant> standing;

  /**
   * Serves tokens of this server.
   *
   * @param requests expects this endpoint as audience
   * @param urls the public URLs, whichever listener was reached
   * @param standing whether the person and the client of a grant are still known
   */
  public UserInfoEndpoint(
      ResourceRequestVerifier requests,
      OwnTokens tokens,
      List<URI> urls,
      Grants grants,
      OnceKeys onceKeys,
      UserClaims claims,
      Predicate<Grant> standing) {
    this.requests = requests;
    this.tokens = tokens;
    this.urls = List.copyOf(urls);
    this.grants = grants;
    this.onceKeys = onceKeys;
    this.claims = claims;
    this.standing = standing;
  }

  @Override
  @Enforces({"SP-5.3.4-2", "SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "OA-12"})
  public HttpResponse handle(HttpRequest request, Instant now, RequestLog log) {
    PresentedToken presented =
        PresentedToken.read(request.headers(), request.query(), request.body());
    VerifiedAccessToken token = tokens.require(presented, requests, now);
    log.client(token.claims().clientId());
    VerifiedResourceRequest verified =
        requests.verify(
            token,
            request.method(),
            urls,
            request.headers(),
            ClientCertificate.of(request.clientCertificates()),
            REQUIRED,
            now);
    Grant grant = standing(token.claims(), now);
    verified
        .proof()
        .ifPresent(proof -> Replays.useUp(onceKeys, Set.of(Proofs.onceKey(proof)), now));
    return HttpResponse.json(200, claims.atUserinfo(grant, token.claims().scope()));
  }

  /** The token's grant, unless it was revoked. */
  @Enforces({"SP-5.3.4-3"})
  private Grant standing(AccessTokenClaims token, Instant now) {
    return grants
        .findByAccessToken(token.jti(), now)
        .filter(standing)
        .orElseThrow(
            () ->
                Refusal.oauth(
                        OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
                    .withDetail(
                        "its grant is revoked, its person or client is gone, or it has none")
                    .exception());
  }
}
