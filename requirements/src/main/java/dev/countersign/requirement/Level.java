package dev.countersign.requirement;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The level of a requirement: a key word, and when it holds.
 *
 * @param keyword how strongly the row speaks
 * @param condition when the key word holds ("if DPoP"), or whose word it is ("ours": stricter than
 *     the specification); empty means always
 */
public record Level(Keyword keyword, Optional<String> condition) {

  private static final Pattern FORM = Pattern.compile("([^()]+?)(?: \\(([^()]+)\\))?");

  /** The level written as {@code MUST} or {@code MUST (if DPoP)}. */
  static Level of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("level \"" + text + "\" has not the form MUST (if DPoP)");
    }
    return new Level(Keyword.of(form.group(1)), Optional.ofNullable(form.group(2)));
  }

  /** Whether this is a MUST or a MUST NOT, under whatever condition. */
  public boolean isMandatory() {
    return keyword == Keyword.MUST || keyword == Keyword.MUST_NOT;
  }

  /** The level as the catalogue writes it, for example {@code MUST (if DPoP)}. */
  @Override
  public String toString() {
    return keyword.text() + condition.map(when -> " (" + when + ")").orElse("");
  }
}
