package dev.countersign.requirement;

import java.util.regex.Pattern;

/**
 * The id of one requirement, for example {@code SP-5.3.2.1-11}: item 11 of section 5.3.2.1 of the
 * Security Profile.
 *
 * @param value a prefix of letters and digits that begins with an upper-case letter or a digit, a
 *     hyphen, then letters, digits, dots and hyphens
 */
public record RequirementId(String value) {

  private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Za-z0-9]*-[A-Za-z0-9.\\-]+");

  /** Refuses any other form with {@link IllegalArgumentException}. */
  public RequirementId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "requirement id \"" + value + "\" has not the form SP-5.3.2.1-11");
    }
  }

  /** The id written as {@code value}; refuses what the constructor refuses. */
  public static RequirementId of(String value) {
    return new RequirementId(value);
  }

  /** The id as it is written, so that messages can name it. */
  @Override
  public String toString() {
    return value;
  }
}
