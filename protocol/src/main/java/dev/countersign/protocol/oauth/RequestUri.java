package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.security.SecureRandom;

/**
 * The handle of a pushed authorization request (RFC 9126 section 2.2): a URN with a part that
 * nobody can guess. It belongs to the client that pushed the request.
 *
 * <p>What an authorization server of another make hands out may be any absolute URI, so only its
 * characters are checked; {@link #parse} is for our own.
 */
public final class RequestUri extends Secret {

  /** What every one of ours begins with. */
  public static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

  private static final int MAX_LENGTH = 2048;
  private static final int RANDOM_LENGTH = 43;
  private static final Refusal MALFORMED =
      Refusal.oauth(
          OAuthError.INVALID_REQUEST_URI,
          "SP-5.3.2.2-3",
          "request_uri is not one of this authorization server");

  /** Keeps {@code value}: an absolute URI of 1 to 2048 characters of {@code %x21-7E}. */
  public RequestUri(String value) {
    super(value, MAX_LENGTH);
    if (value.indexOf(':') < 1) {
      throw new IllegalArgumentException("RequestUri must be an absolute URI (PAR-6)");
    }
  }

  /** A new one: the prefix and 256 random bits, 43 characters of base64url. */
  @Enforces({"PAR-6"})
  public static RequestUri random(SecureRandom random) {
    return new RequestUri(PREFIX + randomValue(random));
  }

  /**
   * The {@code request_uri} of an authorization request: the prefix and 43 characters of base64url.
   *
   * @throws RefusalException {@code invalid_request_uri} for any other form, so that nothing is
   *     ever fetched from it
   */
  @Enforces({"SP-5.3.2.2-3"})
  public static RequestUri parse(String value) {
    if (value.length() != PREFIX.length() + RANDOM_LENGTH
        || !value.startsWith(PREFIX)
        || !value.substring(PREFIX.length()).chars().allMatch(RequestUri::isBase64Url)) {
      throw new RefusalException(MALFORMED);
    }
    return new RequestUri(value);
  }

  private static boolean isBase64Url(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
