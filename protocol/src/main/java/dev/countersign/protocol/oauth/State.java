package dev.countersign.protocol.oauth;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;

/**
 * What the client wants back unchanged with the authorization response. It may carry application
 * state and be long; it is not the defence against CSRF here, PKCE is (SP-5.3.2.2-N4).
 *
 * @param value 1 to 8192 characters of {@code %x20-7E} (RFC 6749 appendix A.5; the cap is ours)
 */
public record State(String value) {

  private static final Refusal MALFORMED =
      Refusal.oauth(
          OAuthError.INVALID_REQUEST,
          "SP-5.3.2.2-N4",
          "state is longer than 8192 characters or not printable ASCII");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public State {
    Characters.require("State", value, 8192, Characters.VSCHAR, "SP-5.3.2.2-N4");
  }

  /**
   * The {@code state} of a message.
   *
   * @throws RefusalException {@code invalid_request} for any other form
   */
  public static State parse(String value) {
    try {
      return new State(value);
    } catch (IllegalArgumentException malformed) {
      throw MALFORMED
          .withDetail(
              Refusal.mismatch(
                  "state", "of " + value.length() + " characters", "1 to 8192 of %x20-7E"))
          .exception();
    }
  }
}
