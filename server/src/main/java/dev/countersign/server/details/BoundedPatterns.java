package dev.countersign.server.details;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * Regular expressions of schemas. The operator writes them and clients write what they search: an
 * expression that can take exponential time would be made to. A search that looks at its text too
 * often, or goes too deep, ends with {@link Endless}.
 */
final class BoundedPatterns implements RegularExpressionFactory {

  /** Our choice: an expression without nested repetition needs a few for each character. */
  private static final int MOST_LOOKS = 1_000_000;

  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern =
        Pattern.compile(
            RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(regex)));
    return text -> finds(pattern, text);
  }

  private static boolean finds(Pattern pattern, String text) {
    try {
      return pattern.matcher(new Counted(text, new Looks())).find();
    } catch (StackOverflowError tooDeep) {
      // The JDK repeats a group by recursion.
      throw new Endless();
    }
  }

  /** How often a text was looked at. For one search. */
  private static final class Looks {
    private int number;

    void countOne() {
      if (++number > MOST_LOOKS) {
        throw new Endless();
      }
    }
  }

  /** A text that counts how often it is looked at. */
  private record Counted(String text, Looks looks) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks.countOne();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.substring(start, end), looks);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * A search took too long, so that nothing can be said of the text. No exception, because the
   * library writes each of those into the log as a failure of its own, with every such request.
   */
  static final class Endless extends Error {
    private static final long serialVersionUID = 1L;

    Endless() {
      super("a regular expression of a schema takes too long", null, false, false);
    }
  }
}
