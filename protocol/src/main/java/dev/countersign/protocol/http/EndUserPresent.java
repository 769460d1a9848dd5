package dev.countersign.protocol.http;

import dev.countersign.protocol.refusal.OAuthError;
import dev.countersign.protocol.refusal.Refusal;
import dev.countersign.protocol.refusal.RefusalException;
import dev.countersign.requirement.Enforces;
import java.util.Optional;

/**
 * Whether the client says that a person is at work with it now (Implementation Advice 2.2.2). For
 * rate limits and priorities, never for security.
 *
 * @param value true if the client says so
 */
public record EndUserPresent(boolean value) {

  /** The header field that carries it. */
  public static final String HEADER = "x-fapi-end-user-present";

  private static final Refusal MALFORMED =
      Refusal.oauth(
          OAuthError.INVALID_REQUEST,
          "IA-2.2.2-3",
          "x-fapi-end-user-present must be true or false");

  /**
   * What the header says; without header nobody is present.
   *
   * @throws RefusalException {@code invalid_request} unless it is exactly {@code true} or {@code
   *     false}
   */
  @Enforces({"IA-2.2.2-2", "IA-2.2.2-3"})
  public static EndUserPresent from(Optional<String> header) {
    return switch (header.orElse("false")) {
      case "true" -> new EndUserPresent(true);
      case "false" -> new EndUserPresent(false);
      default -> throw new RefusalException(MALFORMED);
    };
  }

  /** The text of the header. */
  public String toHeader() {
    return Boolean.toString(value);
  }
}
