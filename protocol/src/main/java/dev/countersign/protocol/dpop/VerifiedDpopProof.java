package dev.countersign.protocol.dpop;

import dev.countersign.protocol.jose.Thumbprint;
import dev.countersign.protocol.oauth.Jti;
import java.time.Instant;

/**
 * The proof that the caller holds a key and made this request with it. Only {@link DpopVerifier}
 * makes one. It is complete once {@link #jkt} has been compared with what it must be bound to and
 * the pair of {@link #jkt} and {@link #jti} has been used up.
 */
public sealed interface VerifiedDpopProof permits DpopVerifier.Verified {

  /** Thumbprint of the key that signed. */
  Thumbprint jkt();

  /** What makes the proof unique among those of its key. */
  Jti jti();

  /**
   * When it was made, by the client's clock ({@code iat}). Only where a nonce stood in for the
   * window around it may this be any time.
   */
  Instant issuedAt();

  /**
   * The first instant at which the proof was good: that of its nonce where one was demanded,
   * otherwise its {@code iat} less the clock skew allowed for. A memory of used proofs that began
   * later may have forgotten it.
   */
  Instant usableFrom();

  /** The last instant at which the same proof would be accepted again. */
  Instant replayableUntil();
}
