package dev.countersign.protocol.json;

/**
 * Keeps text on its line. What ends a line, moves the cursor or hides what follows is written as
 * JSON escapes it, so that no value in the log can begin a line of its own or deceive a terminal.
 */
public final class OneLine {
  private OneLine() {}

  /** The text with all unseen characters escaped. */
  public static String of(String text) {
    int seen = 0;
    while (seen < text.length() && !isUnseen(text.charAt(seen))) {
      seen++;
    }
    if (seen == text.length()) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isUnseen(c)) {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  /** The same between quotes: a quote or a backslash inside is escaped, too. */
  public static String quoted(String text) {
    return '"' + of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  private static boolean isUnseen(char c) {
    if (c >= ' ' && c <= '~') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
