package dev.countersign.protocol.idtoken;

/**
 * The proof that an ID token came from the expected issuer for this client and has not expired.
 * Only {@link IdTokenVerifier} makes one.
 */
public sealed interface VerifiedIdToken permits IdTokenVerifier.Verified {

  /** What the token says. */
  IdTokenClaims claims();

  /** The token in compact form. */
  String compact();
}
