package dev.countersign.protocol.jose;

/**
 * The SHA-256 thumbprint of a public key (RFC 7638), as in {@code jkt} and {@code dpop_jkt}. Not a
 * secret.
 *
 * @param value 43 characters of base64url
 */
public record Thumbprint(String value) {

  private static final int BYTES = 32;

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public Thumbprint {
    if (Base64Url.decode(value).length != BYTES) {
      throw new IllegalArgumentException("Thumbprint must be " + BYTES + " bytes (DP-9)");
    }
  }

  /** The thumbprint itself. */
  @Override
  public String toString() {
    return value;
  }
}
