package dev.countersign.server.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A text of the configuration: the same for everybody, or one for each language.
 *
 * @param byLanguage the texts by language tag; at least one. The first is for people whose language
 *     is not there
 */
public record LocalText(Map<String, String> byLanguage) {
  private static final String ANY = "und";

  /** Copies the texts in their order and refuses none at all. */
  public LocalText {
    if (byLanguage.isEmpty()) {
      throw new IllegalArgumentException("LocalText.byLanguage must not be empty");
    }
    byLanguage = Collections.unmodifiableMap(new LinkedHashMap<>(byLanguage));
  }

  /** One text for everybody. */
  public static LocalText of(String text) {
    return new LocalText(Map.of(ANY, text));
  }

  /** The text in a language, or the first. */
  public String in(Locale locale) {
    String first = byLanguage.values().iterator().next();
    return byLanguage.getOrDefault(locale.toLanguageTag(), first);
  }
}
