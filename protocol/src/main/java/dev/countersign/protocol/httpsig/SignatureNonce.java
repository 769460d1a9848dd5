package dev.countersign.protocol.httpsig;

import dev.countersign.protocol.jose.Base64Url;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The parameter {@code nonce} of a signature (RFC 9421 section 2.3), which makes it another one
 * than that of the same request in the same second: an answer to one is then no answer to the
 * other.
 *
 * @param value 1 to 256 characters of printable ASCII
 */
public record SignatureNonce(String value) {

  private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,256}");
  private static final int BYTES = 16;

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public SignatureNonce {
    if (!PRINTABLE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "SignatureNonce must be 1 to 256 characters of printable ASCII (SIG-6)");
    }
  }

  /** A new one of 128 random bits, 22 characters of base64url. */
  public static SignatureNonce random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new SignatureNonce(Base64Url.encode(bytes));
  }
}
