package dev.countersign.resource.servlet;

import java.nio.charset.StandardCharsets;

/** The values of fields, of which only printable ASCII can be signed (RFC 9421 section 2.5). */
final class FieldValues {
  private FieldValues() {}

  /** A URI, or a piece of one, with all other characters escaped (RFC 3987 section 3.1). */
  static String uri(String place) {
    if (isSignable(place)) {
      return place;
    }
    StringBuilder escaped = new StringBuilder();
    for (byte one : place.getBytes(StandardCharsets.UTF_8)) {
      if (one > ' ' && one < 0x7F) {
        escaped.append((char) one);
      } else {
        escaped.append('%').append("%02X".formatted(one & 0xFF));
      }
    }
    return escaped.toString();
  }

  /** Whether a signature can cover it as it is. */
  static boolean isSignable(String value) {
    return value.chars().allMatch(c -> (c >= ' ' && c < 0x7F) || c == '\t');
  }
}
