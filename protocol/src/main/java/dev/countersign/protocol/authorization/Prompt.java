package dev.countersign.protocol.authorization;

import dev.countersign.requirement.Enforces;
import java.util.Optional;

/** What the person may or must be asked ({@code prompt}, OpenID Connect Core section 3.1.2.1). */
@Enforces({"OA-14"})
public enum Prompt {
  /** Nothing may be shown; stands alone. */
  NONE("none"),
  /** The person must log in again. */
  LOGIN("login"),
  /** The person must be asked for consent. */
  CONSENT("consent"),
  /** The person must be asked which account to use. */
  SELECT_ACCOUNT("select_account");

  private final String value;

  Prompt(String value) {
    this.value = value;
  }

  /** The word on the wire. */
  public String value() {
    return value;
  }

  /** The prompt with this word, compared case-sensitively; empty for any other word. */
  public static Optional<Prompt> of(String value) {
    for (Prompt prompt : values()) {
      if (prompt.value.equals(value)) {
        return Optional.of(prompt);
      }
    }
    return Optional.empty();
  }
}
