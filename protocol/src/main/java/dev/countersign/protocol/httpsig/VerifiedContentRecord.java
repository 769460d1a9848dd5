package dev.countersign.protocol.httpsig;

/** The proof that a content matches its digest. */
final class VerifiedContentRecord implements VerifiedContent {

  private final byte[] bytes;

  /** Keeps a copy, so that nobody changes what was verified. */
  VerifiedContentRecord(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The type's name only: content may be personal. */
  @Override
  public String toString() {
    return "VerifiedContent";
  }
}
