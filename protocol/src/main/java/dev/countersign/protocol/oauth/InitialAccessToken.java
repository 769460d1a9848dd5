package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.security.SecureRandom;

/**
 * The token by which somebody may register a client (RFC 7591 section 3), handed out by the
 * operator.
 */
public final class InitialAccessToken extends Secret {

  private static final int MAX_LENGTH = 4096;
  private static final Refusal MALFORMED =
      Refusal.oauth(OAuthError.INVALID_TOKEN, "DC-1", "the access token is not valid");

  /** Keeps {@code value}: 1 to 4096 characters of {@code %x21-7E}. */
  public InitialAccessToken(String value) {
    super(value, MAX_LENGTH);
  }

  /** A new one of 256 random bits, 43 characters of base64url. */
  public static InitialAccessToken random(SecureRandom random) {
    return new InitialAccessToken(randomValue(random));
  }

  /**
   * The token of an Authorization header.
   *
   * @throws RefusalException {@code invalid_token} for a form that can be none
   */
  public static InitialAccessToken parse(String value) {
    try {
      return new InitialAccessToken(value);
    } catch (IllegalArgumentException malformed) {
      throw new RefusalException(MALFORMED);
    }
  }
}
