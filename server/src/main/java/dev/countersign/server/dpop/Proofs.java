package dev.countersign.server.dpop;

import dev.countersign.edge.HttpRequest;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.OnceKey;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The DPoP proofs of one endpoint, known by its public URL. Immutable. */
public final class Proofs {
  private final DpopVerifier verifier;
  private final URI endpoint;
  private final Optional<DpopNonces> nonces;
  private final NoncePolicy policy;

  private Proofs(
      DpopVerifier verifier, URI endpoint, Optional<DpopNonces> nonces, NoncePolicy policy) {
    this.verifier = verifier;
    this.endpoint = endpoint;
    this.nonces = nonces;
    this.policy = policy;
  }

  /**
   * At an endpoint of the authorization server: the window of {@code iat} holds with and without a
   * nonce (SP-5.3.2.1-13).
   *
   * @param endpoint the public URL, whichever listener was reached
   * @param nonces demanded of a proof; empty: a nonce in a proof is ignored
   */
  @Enforces({"SP-5.3.2.1-10", "DP-14"})
  public static Proofs ofServer(DpopVerifier verifier, URI endpoint, Optional<DpopNonces> nonces) {
    return new Proofs(verifier, endpoint, nonces, policy(nonces, false));
  }

  /** At a resource: where nonces are demanded, the time of the nonce replaces {@code iat}. */
  public static Proofs ofResource(
      DpopVerifier verifier, URI endpoint, Optional<DpopNonces> nonces) {
    return new Proofs(verifier, endpoint, nonces, policy(nonces, true));
  }

  private static NoncePolicy policy(Optional<DpopNonces> nonces, boolean replacesIat) {
    return nonces
        .<NoncePolicy>map(minted -> new NoncePolicy.Demanded(minted, replacesIat))
        .orElseGet(NoncePolicy.Ignored::new);
  }

  /** The proof of a token request, which must be there and be right. */
  @Enforces({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "DP-5"})
  public VerifiedDpopProof require(HttpRequest request, Instant now) {
    return verifier.verify(headers(request), expectation(request, Optional.empty()), now);
  }

  /** The proof of a request that need not have one; if it is there, it must be right. */
  public Optional<VerifiedDpopProof> ifPresent(HttpRequest request, Instant now) {
    return verifier.verifyIfPresent(headers(request), expectation(request, Optional.empty()), now);
  }

  /** The proof that goes with an access token. */
  @Enforces({"DP-10", "SP-5.3.4-5"})
  public VerifiedDpopProof require(HttpRequest request, AccessToken token, Instant now) {
    return verifier.verify(headers(request), expectation(request, Optional.of(token)), now);
  }

  /** The answer with a fresh nonce for the next request, where this endpoint demands them. */
  @Enforces({"DP-13"})
  public HttpResponse withNonce(HttpResponse response, Instant now) {
    return nonces
        .map(minted -> response.with("DPoP-Nonce", minted.mint(now).value()))
        .orElse(response);
  }

  /** What makes the proof usable once. */
  @Enforces({"DP-15"})
  public static OnceKey onceKey(VerifiedDpopProof proof) {
    return OnceKey.dpopProof(proof.jkt(), proof.jti(), proof.replayableUntil());
  }

  private DpopExpectation expectation(HttpRequest request, Optional<AccessToken> token) {
    return new DpopExpectation(request.method(), List.of(endpoint), token, policy);
  }

  private static List<String> headers(HttpRequest request) {
    return request.headers().all("dpop");
  }
}
