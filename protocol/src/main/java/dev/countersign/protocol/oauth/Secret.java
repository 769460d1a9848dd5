package dev.countersign.protocol.oauth;

import dev.countersign.requirement.Enforces;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * A value that gives power to whoever holds it: it is shown only by {@link #reveal}, compared in
 * constant time and stored as its digest.
 *
 * <p>Subclasses are final and add only the form their value has.
 */
public abstract class Secret {

  private final String value;

  /**
   * Keeps {@code value}.
   *
   * @param value 1 to {@code maxLength} characters of {@code %x21-7E}; refused otherwise with
   *     {@link IllegalArgumentException}, whose message does not hold it
   */
  protected Secret(String value, int maxLength) {
    this.value =
        Characters.require(
            getClass().getSimpleName(), value, maxLength, Characters.VISIBLE, "SP-5.4.1-4");
  }

  /** 256 random bits as 43 characters of base64url, for a new secret. */
  @Enforces({"SP-5.4.1-4"})
  protected static String randomValue(SecureRandom random) {
    return RandomText.of256Bits(random);
  }

  /** The value. Only for the message it belongs in, never for a log or an error text. */
  public final String reveal() {
    return value;
  }

  /** SHA-256 of the value: what is stored and looked up. */
  public final SecretDigest digest() {
    return SecretDigest.of(value);
  }

  /** Whether {@code other} is of the same type and holds the same value, in constant time. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof Secret secret
        && secret.getClass() == getClass()
        && MessageDigest.isEqual(bytes(value), bytes(secret.value));
  }

  @Override
  public final int hashCode() {
    return digest().hashCode();
  }

  /** The type's name only. */
  @Override
  public final String toString() {
    return getClass().getSimpleName();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
