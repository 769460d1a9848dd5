package dev.countersign.server.browser;

import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Secret;
import java.util.Optional;

/** Proves that a form came from a page that this browser was shown. Compared in constant time. */
public final class FormToken extends Secret {
  private static final int LONGEST = 128;

  /** The token of a form that was sent; empty if it has none, or none of ours. */
  public static Optional<FormToken> of(Form form) {
    try {
      return form.value("token").map(FormToken::new);
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /** As it came in the form: 1 to 128 visible ASCII characters. */
  public FormToken(String value) {
    super(value, LONGEST);
  }
}
