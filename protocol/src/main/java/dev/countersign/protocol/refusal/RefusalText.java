package dev.countersign.protocol.refusal;

import dev.countersign.requirement.Enforces;

/** The characters that may leave with a refusal, and those that may reach the log. */
final class RefusalText {

  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_DETAIL = 300;
  private static final int MAX_VALUE = 120;

  private RefusalText() {}

  /** RFC 6749 section 5.2: {@code %x20-21 / %x23-5B / %x5D-7E}. */
  @Enforces({"OA-2"})
  static void checkDescription(String text) {
    if (text.isEmpty() || text.length() > MAX_DESCRIPTION) {
      throw new IllegalArgumentException(
          "Refusal.description must have 1 to " + MAX_DESCRIPTION + " characters (OA-2)");
    }
    if (!text.chars().allMatch(RefusalText::isPlain)) {
      throw new IllegalArgumentException(
          "Refusal.description must be printable ASCII without quote and backslash (OA-2)");
    }
  }

  /** Keeps what a log line can hold: no line ends, no escapes, no more than 300 characters. */
  static String clean(String detail) {
    StringBuilder kept = new StringBuilder(Math.min(detail.length(), MAX_DETAIL));
    detail.chars().limit(MAX_DETAIL).forEach(c -> kept.append(isPlain(c) ? (char) c : '?'));
    return kept.toString();
  }

  /** A value within a detail, short enough to leave room for another one. */
  static String cut(String value) {
    return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE - 3) + "...";
  }

  /** A quote or backslash could end a field of the log line and begin another. */
  private static boolean isPlain(int c) {
    return c >= 0x20 && c <= 0x7E && c != '"' && c != '\\';
  }
}
