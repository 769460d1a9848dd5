package dev.countersign.resource;

import dev.countersign.protocol.dpop.DpopNonces;

/** Whether the resource server chooses nonces for DPoP proofs (RFC 9449 section 9). */
public sealed interface Nonces {

  /** No nonces: the proof's {@code iat} decides; a {@code nonce} claim is ignored. */
  record Off() implements Nonces {}

  /**
   * A proof needs one of our nonces, whose time then replaces the window of {@code iat}. Every
   * answer carries a fresh one.
   *
   * @param nonces made for the purpose {@code rs}; nodes of one resource server share their keys
   */
  record On(DpopNonces nonces) implements Nonces {}
}
