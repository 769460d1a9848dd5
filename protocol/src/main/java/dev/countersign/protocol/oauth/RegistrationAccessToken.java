package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.security.SecureRandom;

/** The token by which a client looks after its own registration (RFC 7592 section 3). */
public final class RegistrationAccessToken extends Secret {

  private static final int MAX_LENGTH = 4096;
  private static final Refusal MALFORMED =
      Refusal.oauth(OAuthError.INVALID_TOKEN, "DC-6", "the access token is not valid");

  /** Keeps {@code value}: 1 to 4096 characters of {@code %x21-7E}. */
  public RegistrationAccessToken(String value) {
    super(value, MAX_LENGTH);
  }

  /** A new one of 256 random bits, 43 characters of base64url. */
  public static RegistrationAccessToken random(SecureRandom random) {
    return new RegistrationAccessToken(randomValue(random));
  }

  /**
   * The token of an Authorization header.
   *
   * @throws RefusalException {@code invalid_token} for a form that can be none
   */
  public static RegistrationAccessToken parse(String value) {
    try {
      return new RegistrationAccessToken(value);
    } catch (IllegalArgumentException malformed) {
      throw new RefusalException(MALFORMED);
    }
  }
}
