package dev.countersign.server.dpop;

import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.dpop.NoncePolicy;
import dev.countersign.requirement.Enforces;
import java.time.Instant;
import java.util.Optional;

/**
 * The nonces that the server demands of proofs: at its own endpoints, or as a resource.
 *
 * @param minted empty: none is demanded, and one that comes is ignored
 */
public record Nonces(Optional<DpopNonces> minted) {

  /**
   * What the authorization server wants of a proof: the window of {@code iat} holds with and
   * without a nonce (SP-5.3.2.1-13).
   */
  @Enforces({"SP-5.3.2.1-10", "DP-14"})
  public NoncePolicy ofServer() {
    return policy(false);
  }

  /** What a resource wants of a proof: the time of the nonce replaces {@code iat}. */
  @Enforces({"DP-14"})
  public NoncePolicy ofResource() {
    return policy(true);
  }

  /** The answer with a fresh nonce for the next request, where one is demanded. */
  @Enforces({"DP-13"})
  public HttpResponse on(HttpResponse response, Instant now) {
    return minted
        .map(nonces -> response.with("DPoP-Nonce", nonces.mint(now).value()))
        .orElse(response);
  }

  private NoncePolicy policy(boolean replacesIat) {
    return minted
        .<NoncePolicy>map(nonces -> new NoncePolicy.Demanded(nonces, replacesIat))
        .orElseGet(NoncePolicy.Ignored::new);
  }
}
