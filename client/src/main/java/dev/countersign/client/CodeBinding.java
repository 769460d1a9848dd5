package dev.countersign.client;

/** How the authorization code is bound to the DPoP key (RFC 9449 section 10). */
public enum CodeBinding {
  /** The thumbprint as {@code dpop_jkt}: no signature, and no nonce needed yet. The default. */
  JKT_PARAMETER,
  /** A DPoP proof with the pushed request: the server sees at once that the client has the key. */
  PAR_PROOF
}
