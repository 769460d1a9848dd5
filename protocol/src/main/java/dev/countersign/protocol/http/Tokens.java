package dev.countersign.protocol.http;

/** The characters of RFC 9110 section 5.6.2. */
final class Tokens {

  private Tokens() {}

  static boolean isToken(String text) {
    // A loop and not a stream: the names of all fields of every request come by here.
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean isTokenChar(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
