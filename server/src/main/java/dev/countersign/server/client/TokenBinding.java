package dev.countersign.server.client;

/**
 * What the access tokens of a client may be bound to, by its registration ({@code
 * dpop_bound_access_tokens} and {@code tls_client_certificate_bound_access_tokens}).
 */
public enum TokenBinding {
  /** To the key of a DPoP proof alone. */
  DPOP,
  /** To its client certificate alone. */
  CERTIFICATE,
  /** To the key of a proof if there is one, else to its certificate. */
  EITHER;

  /** Whether a proof can bind them. */
  public boolean byProof() {
    return this != CERTIFICATE;
  }

  /** Whether a certificate can bind them. */
  public boolean byCertificate() {
    return this != DPOP;
  }
}
