package dev.countersign.protocol.oauth;

import java.security.SecureRandom;

/**
 * The {@code jti} of a JWT: unique within what its signer signs (RFC 7519 section 4.1.7).
 *
 * @param value 1 to 256 characters, no control characters; the cap is ours (DP-15)
 */
public record Jti(String value) {

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public Jti {
    Characters.require("Jti", value, 256, Characters.NOT_CONTROL, "DP-15");
  }

  /** A new one of 256 random bits, 43 characters of base64url. */
  public static Jti random(SecureRandom random) {
    return new Jti(RandomText.of256Bits(random));
  }

  /** The value itself. */
  @Override
  public String toString() {
    return value;
  }
}
