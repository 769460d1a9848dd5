package dev.countersign.attacker.wire;

/** Text of others, made fit to be shown. */
public final class Texts {
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
}
