package dev.countersign.server.details;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import dev.countersign.protocol.json.JsonObject;
import java.util.regex.Pattern;

/**
 * Regular expressions of schemas. The operator writes them and clients write what they search: an
 * expression that can take exponential time would be made to. A search that goes too deep, or looks
 * at its text too often, together with all others of the same request, ends with {@link Endless}.
 */
final class BoundedPatterns implements RegularExpressionFactory {

  /** Of the request that is judged; a search outside of one has an effort of its own. */
  static final ScopedValue<Effort> EFFORT = ScopedValue.newInstance();

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
      Effort effort = EFFORT.isBound() ? EFFORT.get() : Effort.on(JsonObject.builder().build());
      return pattern.matcher(new Counted(text, effort)).find();
    } catch (StackOverflowError tooDeep) {
      // The JDK repeats a group by recursion.
      throw new Endless();
    }
  }

  /** A text that counts how often it is looked at. */
  private record Counted(String text, Effort effort) implements CharSequence {
    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      effort.countLook();
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Counted(text.substring(start, end), effort);
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
