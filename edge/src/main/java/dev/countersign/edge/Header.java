package dev.countersign.edge;

import java.util.Locale;
import java.util.Set;

/**
 * A header field of a response. The name is a token and the value visible ASCII, with spaces and
 * tabs inside only (RFC 9110 sections 5.1 and 5.5), so that no value can begin a new field or a new
 * response.
 *
 * @param name the field's name, 1 to 100 characters; not one that frames the message
 * @param value the field's value, at most 30,000 characters, may be empty: a redirect that brings a
 *     long {@code state} back, every character of it escaped, is that long
 */
public record Header(String name, String value) {
  private static final int MAX_NAME = 100;
  private static final int MAX_VALUE = 30_000;
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  /** Where a message begins and ends is the edge's business alone: RFC 9112 section 6. */
  private static final Set<String> FRAMING =
      Set.of(
          "connection",
          "content-length",
          "keep-alive",
          "proxy-connection",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** Refuses a name or value outside the bounds above; the message never repeats the value. */
  public Header {
    if (name.isEmpty() || name.length() > MAX_NAME || !name.chars().allMatch(Header::isToken)) {
      throw new IllegalArgumentException(
          "header name must be a token of 1 to " + MAX_NAME + " characters (RFC 9110 5.1)");
    }
    if (FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header " + name + " frames the message: not settable");
    }
    if (value.length() > MAX_VALUE) {
      throw new IllegalArgumentException(
          "value of header " + name + " exceeds " + MAX_VALUE + " characters");
    }
    if (!value.chars().allMatch(Header::isInValue) || !value.strip().equals(value)) {
      throw new IllegalArgumentException(
          "value of header " + name + " must be visible ASCII with blanks inside (RFC 9110 5.5)");
    }
  }

  /** The name only: values hold codes and cookies. */
  @Override
  public String toString() {
    return name;
  }

  /** Whether this is the field {@code other}; case does not count. */
  boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }

  static boolean isToken(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  private static boolean isInValue(int c) {
    return (c >= 0x20 && c <= 0x7E) || c == '\t';
  }
}
