package dev.countersign.server.client;

import dev.countersign.requirement.Enforces;

/** What all access tokens of a client are bound to, by its registration. */
public enum TokenBinding {
  /** To the key of a DPoP proof ({@code dpop_bound_access_tokens}). */
  DPOP,
  /** To its client certificate ({@code tls_client_certificate_bound_access_tokens}). */
  CERTIFICATE;

  /**
   * As registered; a client that is registered for neither binds by proofs. So does one that is
   * registered for both: RFC 9449 section 5.2 has every token request of it without a proof
   * refused, and no token is bound to two things.
   */
  @Enforces({"DP-8", "MT-8", "SP-5.3.2.1-5", "IA-2.3.3"})
  public static TokenBinding of(boolean proof, boolean certificate) {
    return proof || !certificate ? DPOP : CERTIFICATE;
  }

  /** Whether a proof can bind them. */
  public boolean byProof() {
    return this == DPOP;
  }
}
