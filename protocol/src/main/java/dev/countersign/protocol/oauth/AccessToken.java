package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import java.security.SecureRandom;

/**
 * The token that opens a resource, for whoever proves to hold its key (RFC 6749 section 1.4): a
 * compact JWT (RFC 9068), or opaque text.
 */
public final class AccessToken extends Secret {

  private static final int MAX_LENGTH = 16384;
  private static final Refusal MALFORMED =
      Refusal.oauth(OAuthError.INVALID_TOKEN, "AT-4", "the access token is malformed");

  /** Keeps {@code value}: 1 to 16384 characters of {@code %x21-7E}. */
  public AccessToken(String value) {
    super(value, MAX_LENGTH);
  }

  /** A new one of 256 random bits, 43 characters of base64url. */
  public static AccessToken random(SecureRandom random) {
    return new AccessToken(randomValue(random));
  }

  /**
   * The token of an Authorization header.
   *
   * @throws RefusalException {@code invalid_token} for a form that can be none
   */
  public static AccessToken parse(String value) {
    try {
      return new AccessToken(value);
    } catch (IllegalArgumentException malformed) {
      throw new RefusalException(MALFORMED);
    }
  }

  /**
   * Whether it has not the three parts of a compact JWT, so that only its issuer can say what it
   * allows.
   */
  public boolean isOpaque() {
    return reveal().chars().filter(c -> c == '.').count() != 2;
  }
}
