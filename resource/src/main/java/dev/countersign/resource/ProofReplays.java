package dev.countersign.resource;

import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.Jti;
import java.time.Instant;

/**
 * Remembers proofs, so that each admits one request; and signatures of requests without a proof,
 * whose tokens a certificate binds, where requests must be signed. A signature is told of as a
 * proof is: by the key that made it and by what makes it unique. A port: one node can use {@link
 * InMemoryProofReplays}, several nodes need a place that they share.
 *
 * <p>Used by many threads at once.
 */
public interface ProofReplays {

  /**
   * Uses up a proof. It is known by its key's thumbprint and its {@code jti} together, so that
   * nobody can use up another's. Of callers that race with one proof exactly one gets true.
   *
   * <p>Callers read the clock before they verify, so that {@code now} of one may lie before that of
   * another who came earlier. An implementation that forgets by its own clock keeps a proof for
   * some minutes beyond {@code until}, or refuses what it may have forgotten.
   *
   * @param until the last instant at which the proof would still be accepted; it may be forgotten
   *     after it
   * @return false when it was used before
   * @throws ProofReplaysUnavailableException when that cannot be said; the request is then refused
   */
  boolean useOnce(Thumbprint jkt, Jti jti, Instant until, Instant now);

  /**
   * Proofs that may have been used before this instant are refused, since this memory may have
   * forgotten them: the moment it began for a memory that does not survive a restart, {@link
   * Instant#MIN} for one that does.
   */
  Instant since();
}
