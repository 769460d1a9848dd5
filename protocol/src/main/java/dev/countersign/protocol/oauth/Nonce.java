package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;

/**
 * The {@code nonce} of OpenID Connect: ties an ID token to the request that led to it. Never cut or
 * altered.
 *
 * @param value 1 to 64 characters, no control characters
 */
@Enforces({"SP-5.3.2.2-14"})
public record Nonce(String value) {

  private static final Refusal MALFORMED =
      Refusal.oauth(
          OAuthError.INVALID_REQUEST,
          "SP-5.3.2.2-14",
          "nonce is longer than 64 characters or has control characters");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public Nonce {
    Characters.require("Nonce", value, 64, Characters.NOT_CONTROL, "SP-5.3.2.2-14");
  }

  /**
   * The {@code nonce} of a message.
   *
   * @throws RefusalException {@code invalid_request} for any other form
   */
  public static Nonce parse(String value) {
    try {
      return new Nonce(value);
    } catch (IllegalArgumentException malformed) {
      throw MALFORMED
          .withDetail(
              Refusal.mismatch(
                  "nonce",
                  "of " + value.length() + " characters",
                  "1 to 64, none a control character"))
          .exception();
    }
  }
}
