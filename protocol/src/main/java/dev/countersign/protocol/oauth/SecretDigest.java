package dev.countersign.protocol.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * SHA-256 of a secret: what a store keeps and looks up in its place. A secret of 128 random bits or
 * more cannot be found from it, so it needs no salt.
 */
public final class SecretDigest {

  private static final int LENGTH = 32;

  private final byte[] sha256;

  private SecretDigest(byte[] sha256) {
    this.sha256 = sha256;
  }

  /** The digest of the UTF-8 bytes of {@code secret}. */
  public static SecretDigest of(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return new SecretDigest(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException("This JDK has no SHA-256", everyJdkHasIt);
    }
  }

  /** The digest that was stored as these 32 bytes; any other length is refused. */
  public static SecretDigest ofSha256(byte[] sha256) {
    if (sha256.length != LENGTH) {
      throw new IllegalArgumentException("SecretDigest must have " + LENGTH + " bytes");
    }
    return new SecretDigest(sha256.clone());
  }

  /** The 32 bytes, a copy. */
  public byte[] sha256() {
    return sha256.clone();
  }

  /** The 32 bytes as 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(sha256);
  }

  /** Whether both are digests of the same secret, in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretDigest digest && MessageDigest.isEqual(sha256, digest.sha256);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sha256);
  }

  /** The type's name only, so that logs cannot be matched with a store. */
  @Override
  public String toString() {
    return "SecretDigest";
  }
}
