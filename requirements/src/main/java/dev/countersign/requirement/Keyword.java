package dev.countersign.requirement;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How strongly a row of the catalogue speaks: a key word of RFC 2119, or less than one. */
public enum Keyword {
  /** An absolute requirement. */
  MUST,
  /** An absolute prohibition. */
  MUST_NOT,
  /** A requirement that only a good reason sets aside. */
  SHOULD,
  /** A prohibition that only a good reason sets aside. */
  SHOULD_NOT,
  /** Advice of a specification in its own words, weaker in tone than {@link #SHOULD}. */
  RECOMMENDED,
  /** A choice left free. */
  MAY,
  /** A risk the specification asks to be weighed. */
  CONSIDER,
  /** How the wire looks; it demands nothing by itself. */
  FACT,
  /** An explanation. */
  NOTE;

  /** The key word as specifications write it, for example {@code MUST NOT}. */
  public String text() {
    return name().replace('_', ' ');
  }

  /** The key word written so; refuses any other text with {@link IllegalArgumentException}. */
  static Keyword of(String text) {
    return Arrays.stream(values())
        .filter(keyword -> keyword.text().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("level \"" + text + "\" is none of " + texts()));
  }

  private static String texts() {
    return Arrays.stream(values()).map(Keyword::text).collect(Collectors.joining(", "));
  }
}
