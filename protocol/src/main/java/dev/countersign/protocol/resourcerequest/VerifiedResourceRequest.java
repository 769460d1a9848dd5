package dev.countersign.protocol.resourcerequest;

import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.dpop.VerifiedDpopProof;
import java.util.Optional;

/**
 * A request whose token is valid here, suffices, and was sent by the holder of its key. Only {@link
 * ResourceRequestVerifier} makes one. The proof's {@code jti} is not used up yet.
 */
public sealed interface VerifiedResourceRequest permits VerifiedResourceRequestRecord {

  /** The access token. */
  VerifiedAccessToken token();

  /** The proof that came with it; empty if the token is bound to a certificate. */
  Optional<VerifiedDpopProof> proof();
}
