package dev.countersign.server.issue;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.accesstoken.AccessTokenClaims;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.mtls.ClientCertificate;
import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.resourcerequest.PresentedToken;
import dev.countersign.protocol.resourcerequest.ResourceRequestVerifier;
import dev.countersign.protocol.resourcerequest.VerifiedResourceRequest;
import dev.countersign.protocol.resourcerequest.Wanted;
import dev.countersign.requirement.Enforces;
import dev.countersign.server.dpop.Proofs;
import dev.countersign.server.refusal.Replays;
import dev.countersign.server.refusal.RequestLog;
import dev.countersign.store.OnceKeys;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets requests in at one resource of this server itself: userinfo, the grant management API or
 * that of operators. The same is asked at each of them, in the same order, and what lies at the
 * resource is looked at by nobody before. Safe for any number of threads.
 */
public final class OwnRequests {
  private final ResourceRequestVerifier requests;
  private final OwnTokens tokens;
  private final List<URI> places;
  private final OnceKeys onceKeys;

  /**
   * Lets in by tokens of this server.
   *
   * @param requests expects the resource as audience
   * @param places the public URLs of the resource, or of what lies above it, whichever listener was
   *     reached
   */
  public OwnRequests(
      ResourceRequestVerifier requests, OwnTokens tokens, List<URI> places, OnceKeys onceKeys) {
    this.requests = requests;
    this.tokens = tokens;
    this.places = List.copyOf(places);
    this.onceKeys = onceKeys;
  }

  /**
   * Says what stands behind a token at this moment, and whether anything does.
   *
   * @param <T> such as its grant, or its client
   */
  public interface Standing<T> {
    /** Empty if the token was revoked, or if who it is of is gone. */
    Optional<T> behind(AccessTokenClaims token, Instant now);
  }

  /**
   * A request that was let in; only {@link #admit} makes one.
   *
   * @param <T> what stands behind its token
   */
  public sealed interface Admitted<T> {
    /** What the token says. */
    AccessTokenClaims token();

    /** What stands behind it. */
    T behind();
  }

  private record Let<T>(AccessTokenClaims token, T behind) implements Admitted<T> {}

  /**
   * Token, proof or certificate, scope and standing, in this order; then the proof is used up.
   * Refuses as a resource server does, {@code invalid_token} for a token that stands no more.
   */
  @Enforces({"SP-5.3.4-2", "SP-5.3.4-3", "SP-5.3.4-4", "SP-5.3.4-5", "DP-15", "GM-6.6-3"})
  public <T> Admitted<T> admit(
      HttpRequest request, Wanted wanted, Standing<T> standing, Instant now, RequestLog log) {
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
            wanted,
            now);
    T behind =
        standing
            .behind(token.claims(), now)
            .orElseThrow(
                () ->
                    Refusal.oauth(
                            OAuthError.INVALID_TOKEN, "SP-5.3.4-3", "the access token is not valid")
                        .withDetail("it is revoked, or who it is of is gone or may no longer do it")
                        .exception());
    verified
        .proof()
        .ifPresent(proof -> Replays.useUp(onceKeys, Set.of(Proofs.onceKey(proof)), now));
    return new Let<>(token.claims(), behind);
  }

  /**
   * Where the request went; the table of routes has seen that its path is one of ours. What cannot
   * be written into a URL lies at none, so no proof is for it but one for the resource itself: who
   * is let in by that finds nothing there.
   */
  private List<URI> urls(HttpRequest request) {
    try {
      URI path = URI.create(request.path());
      return places.stream().map(place -> place.resolve(path)).toList();
    } catch (IllegalArgumentException malformed) {
      return places;
    }
  }
}
