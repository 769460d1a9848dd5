package dev.countersign.server.text;

import java.util.Set;

/**
 * Text that somebody else chose and people read: what of it is invisible, turns the text around it
 * or is drawn over it.
 */
public final class VisibleText {
  /** Stands where something was that cannot be shown. */
  public static final String REPLACEMENT = "\uFFFD";

  /** Our choice: more than any language writes upon one letter. */
  private static final int MOST_MARKS = 4;

  /** Letters, symbols and marks that Unicode has for other ends, and that show nothing. */
  private static final Set<Integer> BLANK =
      Set.of(
          0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164,
          0xFFA0, 0x16FE4, 0x1D159);

  private VisibleText() {}

  /** Whether all of it can be shown, and it shows something. */
  public static boolean isFit(String text) {
    return of(text).equals(text) && text.codePoints().anyMatch(c -> c != ' ' && !isMark(c));
  }

  /**
   * The text as it can be shown. Each character that shows nothing, that turns others around or
   * breaks the line, and each mark beyond the fourth upon one letter, becomes {@link #REPLACEMENT}.
   * Any space becomes the common one.
   */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    int marks = 0;
    for (int c : text.codePoints().toArray()) {
      marks = isMark(c) ? marks + 1 : 0;
      if (Character.getType(c) == Character.SPACE_SEPARATOR) {
        shown.append(' ');
      } else if (marks > MOST_MARKS || !mayStand(c)) {
        shown.append(REPLACEMENT);
      } else {
        shown.appendCodePoint(c);
      }
    }
    return shown.toString();
  }

  private static boolean mayStand(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !BLANK.contains(c) && !isVariationSelector(c);
    };
  }

  private static boolean isVariationSelector(int c) {
    return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }
}
