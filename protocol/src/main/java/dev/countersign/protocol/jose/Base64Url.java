package dev.countersign.protocol.jose;

import java.util.Base64;

/** Base64url without padding (RFC 7515 section 2), read so that each value has one spelling. */
public final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private Base64Url() {}

  /** The text of these bytes. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /**
   * The bytes of this text.
   *
   * @throws IllegalArgumentException for padding, a foreign character, an impossible length, or
   *     bits set behind the last byte; the message does not hold the text
   */
  public static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException notBase64Url) {
      throw new IllegalArgumentException("not base64url");
    }
    if (!ENCODER.encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("not canonical base64url");
    }
    return bytes;
  }
}
