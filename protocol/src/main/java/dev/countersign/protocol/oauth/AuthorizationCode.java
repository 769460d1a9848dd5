package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.security.SecureRandom;

/**
 * The code that a browser carries from the authorization server to the client (RFC 6749 section
 * 1.3.1). Good once, for at most 60 seconds, for one client.
 */
public final class AuthorizationCode extends Secret {

  private static final int MAX_LENGTH = 4096;
  private static final Refusal MALFORMED =
      Refusal.oauth(OAuthError.INVALID_GRANT, "OA-6", "code is malformed");

  /** Keeps {@code value}: 1 to 4096 characters of {@code %x21-7E}. */
  public AuthorizationCode(String value) {
    super(value, MAX_LENGTH);
  }

  /** A new one of 256 random bits, 43 characters of base64url. */
  public static AuthorizationCode random(SecureRandom random) {
    return new AuthorizationCode(randomValue(random));
  }

  /**
   * The {@code code} of a token request.
   *
   * @throws RefusalException {@code invalid_grant} for a form that can be none
   */
  public static AuthorizationCode parse(String value) {
    try {
      return new AuthorizationCode(value);
    } catch (IllegalArgumentException malformed) {
      throw new RefusalException(MALFORMED);
    }
  }
}
