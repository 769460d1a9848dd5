package dev.countersign.protocol.oauth;

import java.security.SecureRandom;

/**
 * The name of one grant: what a person allowed one client (SP-6.8-4).
 *
 * @param value 1 to 255 characters of {@code %x21-7E}
 */
public record GrantId(String value) {

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public GrantId {
    Characters.require("GrantId", value, 255, Characters.VISIBLE, "SP-6.8-4");
  }

  /** A new id of 256 random bits, 43 characters of base64url. */
  public static GrantId random(SecureRandom random) {
    return new GrantId(RandomText.of256Bits(random));
  }

  /** The id itself. */
  @Override
  public String toString() {
    return value;
  }
}
