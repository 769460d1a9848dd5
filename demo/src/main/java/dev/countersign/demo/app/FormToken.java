package dev.countersign.demo.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.client.BrowserSession;
import dev.countersign.protocol.oauth.SecretDigest;
import java.security.MessageDigest;

/** The hidden field that shows that a form came from a page of this session. */
final class FormToken {
  private FormToken() {}

  /**
   * The token of one form.
   *
   * @param purpose what the form is for; the token fits no other purpose
   */
  static String of(BrowserSession session, String purpose) {
    String cookie = session.reveal();
    return SecretDigest.of("sunny form:" + cookie.length() + ":" + cookie + purpose).hex();
  }

  /** Goes on only if the token is that of the session and the purpose. */
  static void require(BrowserSession session, String purpose, String presented)
      throws TroubleException {
    byte[] expected = of(session, purpose).getBytes(UTF_8);
    if (!MessageDigest.isEqual(expected, presented.getBytes(UTF_8))) {
      throw new TroubleException(Trouble.FORM);
    }
  }
}
