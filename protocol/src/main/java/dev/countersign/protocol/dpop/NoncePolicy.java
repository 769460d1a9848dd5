package dev.countersign.protocol.dpop;

/** What a server wants of the {@code nonce} in a proof. */
public sealed interface NoncePolicy {

  /** Nothing: a {@code nonce} claim is ignored, whatever it holds. */
  record Ignored() implements NoncePolicy {}

  /**
   * One of ours that is still good.
   *
   * @param nonces what counts as ours
   * @param replacesIat whether the nonce's time stands in for the window around {@code iat}, as a
   *     resource server may do (RFC 9449 section 11.1); otherwise both hold
   */
  record Demanded(DpopNonces nonces, boolean replacesIat) implements NoncePolicy {}
}
