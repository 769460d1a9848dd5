package dev.countersign.server.browser;

import dev.countersign.protocol.oauth.Secret;
import dev.countersign.protocol.oauth.SecretDigest;
import java.security.SecureRandom;

/**
 * Tells one browser from all others, for as long as it keeps its cookie. Binds an interaction to
 * the browser in which it began; says nothing about who sits there.
 */
public final class BrowserKey extends Secret {
  private static final int LONGEST = 128;

  /** As it came in the cookie: 1 to 128 visible ASCII characters. */
  public BrowserKey(String value) {
    super(value, LONGEST);
  }

  /** A new one of 256 random bits. */
  public static BrowserKey random(SecureRandom random) {
    return new BrowserKey(randomValue(random));
  }

  /**
   * A token for one form: only a page that was shown to this browser can hold it.
   *
   * @param purpose what the form is for; the token fits no other purpose
   */
  public FormToken formToken(String purpose) {
    return new FormToken(SecretDigest.of(reveal().length() + ":" + reveal() + purpose).hex());
  }
}
