package dev.countersign.protocol.httpsig;

/**
 * The content of a message that is what its {@code Content-Digest} says. Only {@link
 * ContentDigest#verify} makes one.
 */
public sealed interface VerifiedContent permits VerifiedContentRecord {

  /** The bytes as they were sent: after {@code Content-Encoding}, without transfer coding. */
  byte[] bytes();
}
