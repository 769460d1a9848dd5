package dev.countersign.edge;

/**
 * The characters of a request target (RFC 3986 sections 3.3 and 3.4). Looked at, never decoded:
 * whether {@code //} or {@code %2e} mean something is for the one who matches paths.
 */
final class RawTarget {
  private static final String PATH_MARKS = "/-._~!$&'()*+,;=:@";

  private RawTarget() {}

  /**
   * Whether {@code path} begins with a slash, or is the {@code *} of {@code OPTIONS *}, and is made
   * of path characters and whole percent-escapes only, {@code %00} excepted: a null byte is never
   * meant honestly.
   */
  static boolean isPath(String path) {
    if (!path.startsWith("/") && !path.equals("*")) {
      return false;
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        if (!isEscape(path, i)) {
          return false;
        }
        i += 2;
      } else if (!isLetterOrDigit(c) && PATH_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether {@code query} is visible ASCII. More than RFC 3986 allows, because browsers send {@code
   * [}, {@code |} and others unescaped; the escapes are judged by who decodes them.
   */
  static boolean isQuery(String query) {
    return query.chars().allMatch(c -> c > 0x20 && c < 0x7F);
  }

  private static boolean isEscape(String path, int at) {
    return at + 2 < path.length()
        && isHex(path.charAt(at + 1))
        && isHex(path.charAt(at + 2))
        && !path.startsWith("%00", at);
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
