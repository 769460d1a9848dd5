package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.security.SecureRandom;

/**
 * The identifier of a client (RFC 6749 section 2.2). Not a secret; compared exactly.
 *
 * @param value 1 to 255 characters of {@code %x21-7E}
 */
public record ClientId(String value) {

  private static final Refusal MALFORMED =
      Refusal.oauth(OAuthError.INVALID_REQUEST, "CA-1", "client_id is malformed");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public ClientId {
    Characters.require("ClientId", value, 255, Characters.VISIBLE, "CA-1");
  }

  /** A new one of 256 random bits, which nobody can guess and which is no person's (SP-6.7). */
  @Enforces({"SP-6.7"})
  public static ClientId random(SecureRandom random) {
    return new ClientId(RandomText.of256Bits(random));
  }

  /**
   * The {@code client_id} of a message.
   *
   * @throws RefusalException {@code invalid_request} for a value that can be no client's
   */
  public static ClientId parse(String value) {
    try {
      return new ClientId(value);
    } catch (IllegalArgumentException malformed) {
      throw new RefusalException(MALFORMED);
    }
  }

  /** The identifier itself. */
  @Override
  public String toString() {
    return value;
  }
}
