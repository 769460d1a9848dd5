package dev.countersign.protocol.oauth;

/**
 * Who a token speaks of: the {@code sub} of a person, or of a client that acts for itself.
 *
 * @param value 1 to 255 printable ASCII characters (OpenID Connect Core section 2)
 */
public record Subject(String value) {

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public Subject {
    Characters.require("Subject", value, 255, Characters.VSCHAR, "OA-10");
  }

  /** The identifier itself. */
  @Override
  public String toString() {
    return value;
  }
}
