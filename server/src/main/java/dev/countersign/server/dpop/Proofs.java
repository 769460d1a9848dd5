package dev.countersign.server.dpop;

import dev.countersign.edge.HttpRequest;
import dev.countersign.protocol.dpop.DpopExpectation;
import dev.countersign.protocol.dpop.DpopVerifier;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.OnceKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The DPoP proofs of one endpoint that takes no access token. Immutable. */
public final class Proofs {
  private final DpopVerifier verifier;
  private final List<URI> urls;
  private final NoncePolicy nonces;
  private final Consumer<Duration> offsets;

  /**
   * Expects proofs made for the endpoint.
   *
   * @param urls its public URLs, any of them, whichever listener was reached: its own and that for
   *     clients with a certificate
   * @param offsets told of each good proof how far its {@code iat} is ahead of our clock
   */
  public Proofs(
      DpopVerifier verifier, List<URI> urls, NoncePolicy nonces, Consumer<Duration> offsets) {
    this.verifier = verifier;
    this.urls = List.copyOf(urls);
    this.nonces = nonces;
    this.offsets = offsets;
  }

  /** The proof of a token request, which must be there and be right. */
  @Enforces({"SP-5.3.2.1-4", "SP-5.3.2.1-5", "DP-5"})
  public VerifiedDpopProof require(HttpRequest request, Instant now) {
    return seen(verifier.verify(headers(request), expectation(request), now), now);
  }

  /** The proof of a request that need not have one; if it is there, it must be right. */
  public Optional<VerifiedDpopProof> ifPresent(HttpRequest request, Instant now) {
    return verifier
        .verifyIfPresent(headers(request), expectation(request), now)
        .map(proof -> seen(proof, now));
  }

  private VerifiedDpopProof seen(VerifiedDpopProof proof, Instant now) {
    offsets.accept(Duration.between(now, proof.issuedAt()));
    return proof;
  }

  /** What makes a proof usable once, here and at a resource. */
  @Enforces({"DP-15"})
  public static OnceKey onceKey(VerifiedDpopProof proof) {
    return OnceKey.dpopProof(proof.jkt(), proof.jti(), proof.replayableUntil());
  }

  private DpopExpectation expectation(HttpRequest request) {
    return new DpopExpectation(request.method(), urls, Optional.empty(), nonces);
  }

  /** Whether somebody sent a proof, good or not. */
  public static boolean isIn(HttpRequest request) {
    return !headers(request).isEmpty();
  }

  private static List<String> headers(HttpRequest request) {
    return request.headers().all("DPoP");
  }
}
