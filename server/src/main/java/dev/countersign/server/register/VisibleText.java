package dev.countersign.server.register;

import dev.countersign.requirement.Enforces;
import java.util.Set;

/**
 * Text that a client chose and people read at consent: nothing invisible, nothing that turns the
 * text around it or is drawn over it.
 */
final class VisibleText {
  private static final int LONGEST = 100;

  /** Our choice: more than any language writes upon one letter. */
  private static final int MOST_MARKS = 4;

  /** Letters, symbols and marks that Unicode has for other ends, and that show nothing. */
  private static final Set<Integer> BLANK =
      Set.of(
          0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164,
          0xFFA0, 0x16FE4, 0x1D159);

  private VisibleText() {}

  @Enforces("DC-3")
  static boolean isFit(String text) {
    if (text.length() > LONGEST || !text.codePoints().allMatch(VisibleText::mayStand)) {
      return false;
    }
    int marks = 0;
    boolean shown = false;
    for (int c : text.codePoints().toArray()) {
      marks = isMark(c) ? marks + 1 : 0;
      shown |= c != ' ' && !isMark(c);
      if (marks > MOST_MARKS) {
        return false;
      }
    }
    return shown;
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
      case Character.SPACE_SEPARATOR -> c == ' ';
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
