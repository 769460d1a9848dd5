package dev.countersign.server.browser;

import dev.countersign.protocol.oauth.Secret;

/** Proves that a form came from a page that this browser was shown. Compared in constant time. */
public final class FormToken extends Secret {
  private static final int LONGEST = 128;

  /** As it came in the form: 1 to 128 visible ASCII characters. */
  public FormToken(String value) {
    super(value, LONGEST);
  }
}
