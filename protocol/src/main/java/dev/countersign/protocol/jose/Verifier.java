package dev.countersign.protocol.jose;

/** A public key that is ready to verify. Safe for use by many threads. */
interface Verifier {

  /** Whether {@code signature}, in the form JWS has, is the key's over {@code input}. */
  boolean verify(byte[] input, byte[] signature);
}
