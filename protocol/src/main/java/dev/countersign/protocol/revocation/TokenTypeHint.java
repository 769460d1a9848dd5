package dev.countersign.protocol.revocation;

import java.util.Arrays;
import java.util.Optional;

/** What a client believes its token to be ({@code token_type_hint}); a help, never a rule. */
public enum TokenTypeHint {
  /** An access token. */
  ACCESS_TOKEN("access_token"),
  /** A refresh token. */
  REFRESH_TOKEN("refresh_token");

  private final String value;

  TokenTypeHint(String value) {
    this.value = value;
  }

  /** The hint as it is written on the wire. */
  public String value() {
    return value;
  }

  /** The hint of that value; empty for any other, which counts as none (RFC 7009 section 2.1). */
  public static Optional<TokenTypeHint> of(String value) {
    return Arrays.stream(values()).filter(hint -> hint.value.equals(value)).findFirst();
  }
}
