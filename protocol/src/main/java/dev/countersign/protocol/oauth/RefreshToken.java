package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.security.SecureRandom;

/**
 * The token by which a client gets new access tokens (RFC 6749 section 1.5). Bound to the client;
 * it is not rotated (SP-5.3.2.1-9).
 */
public final class RefreshToken extends Secret {

  private static final int MAX_LENGTH = 4096;
  private static final Refusal MALFORMED =
      Refusal.oauth(OAuthError.INVALID_GRANT, "OA-6", "refresh_token is malformed");

  /** Keeps {@code value}: 1 to 4096 characters of {@code %x21-7E}. */
  public RefreshToken(String value) {
    super(value, MAX_LENGTH);
  }

  /** A new one of 256 random bits, 43 characters of base64url. */
  public static RefreshToken random(SecureRandom random) {
    return new RefreshToken(randomValue(random));
  }

  /**
   * The {@code refresh_token} of a token request.
   *
   * @throws RefusalException {@code invalid_grant} for a form that can be none
   */
  public static RefreshToken parse(String value) {
    try {
      return new RefreshToken(value);
    } catch (IllegalArgumentException malformed) {
      throw new RefusalException(MALFORMED);
    }
  }
}
