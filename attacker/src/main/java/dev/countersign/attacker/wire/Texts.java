package dev.countersign.attacker.wire;

/** Text of others, made fit to be shown. */
public final class Texts {
  /** What stands for a character that is not shown. */
  private static final int HIDDEN = 0xFFFD;

  private Texts() {}

  /** On one line, without control characters, and no longer than {@code most} characters. */
  public static String oneLine(String text, int most) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(most)
        .map(
            one ->
                Character.isISOControl(one) || Character.getType(one) == Character.FORMAT
                    ? ' '
                    : one)
        .forEach(line::appendCodePoint);
    return text.codePointCount(0, text.length()) > most ? line + "…" : line.toString();
  }

  /**
   * With its line feeds and tabs, and a mark in the place of whatever else is not seen: it could
   * hide or turn around what follows, and XML has no way to say it.
   */
  public static String lines(String text) {
    StringBuilder lines = new StringBuilder(text.length());
    text.codePoints()
        .filter(one -> one != '\r')
        .map(one -> isSeen(one) || one == '\n' || one == '\t' ? one : HIDDEN)
        .forEach(lines::appendCodePoint);
    return lines.toString();
  }

  private static boolean isSeen(int one) {
    return switch (Character.getType(one)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
