package dev.countersign.protocol.jose;

/** A private key that is ready to sign. Safe for use by many threads. */
interface Signer {

  /** The signature over {@code input}, in the form JWS wants. */
  byte[] sign(byte[] input);
}
