package dev.countersign.protocol.structured;

/** The character classes of RFC 9651 section 3. All of them are ASCII. */
final class Grammar {

  private Grammar() {}

  /** Gives {@code key} back if it is a key (section 3.1.2), refuses it otherwise. */
  static String requireKey(String key) {
    boolean wellFormed = !key.isEmpty() && isKeyStart(key.charAt(0));
    for (int i = 1; wellFormed && i < key.length(); i++) {
      wellFormed = isKeyChar(key.charAt(i));
    }
    if (!wellFormed) {
      throw new IllegalArgumentException("not a key of a structured field (RFC 9651 3.1.2)");
    }
    return key;
  }

  static boolean isKeyStart(char c) {
    return isLowerCase(c) || c == '*';
  }

  static boolean isKeyChar(char c) {
    return isLowerCase(c) || isDigit(c) || c == '_' || c == '-' || c == '.' || c == '*';
  }

  static boolean isTokenStart(char c) {
    return isLetter(c) || c == '*';
  }

  static boolean isTokenChar(char c) {
    return isLetter(c) || isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0;
  }

  /** Space and all that is printed: what stands between the quotes of a string. */
  static boolean isPrintable(int c) {
    return c >= 0x20 && c <= 0x7E;
  }

  static boolean isBase64Char(char c) {
    return isLetter(c) || isDigit(c) || c == '+' || c == '/' || c == '=';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLowerCase(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isLetter(char c) {
    return isLowerCase(c) || (c >= 'A' && c <= 'Z');
  }
}
