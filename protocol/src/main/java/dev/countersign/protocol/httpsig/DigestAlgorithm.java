package dev.countersign.protocol.httpsig;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The hash algorithms of content digests that are good against somebody who means harm: the status
 * {@code Active} of RFC 9530 section 5. There is nothing else to choose from.
 */
public enum DigestAlgorithm {
  /** 32 bytes. */
  SHA_256("sha-256", "SHA-256"),
  /** 64 bytes. */
  SHA_512("sha-512", "SHA-512");

  private final String key;
  private final String javaName;

  DigestAlgorithm(String key, String javaName) {
    this.key = key;
    this.javaName = javaName;
  }

  /** Its key in the field. */
  public String key() {
    return key;
  }

  /** The algorithm with this key; empty for one that is not active or not known. */
  static Optional<DigestAlgorithm> of(String key) {
    return Arrays.stream(values()).filter(each -> each.key.equals(key)).findFirst();
  }

  byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance(javaName).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(javaName + " is part of every Java platform we run on", e);
    }
  }
}
