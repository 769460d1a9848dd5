package dev.countersign.server.text;

import dev.countersign.protocol.http.Headers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the pages say in all languages of a server. Immutable. */
public final class Texts {
  /** The languages that come with the server; the first is the default. */
  public static final List<Locale> BUILT_IN = List.of(Locale.ENGLISH, Locale.GERMAN);

  private static final int LONGEST_WISH = 1024;

  private final List<Wording> wordings;

  private Texts(List<Wording> wordings) {
    this.wordings = List.copyOf(wordings);
  }

  /** The languages and sentences that come with the server. */
  public static Texts builtIn() {
    try {
      return read(BUILT_IN, Optional.empty());
    } catch (InvalidTextsException e) {
      throw new IllegalStateException("the artefact's own messages are complete", e);
    }
  }

  /**
   * The sentences of these languages. A file in the folder replaces single sentences; a language
   * that does not come with the server needs all of them.
   *
   * @param languages at least one; the first is for people who wish none of them
   * @throws InvalidTextsException when a key is unknown, a placeholder is wrong or a sentence is
   *     missing
   */
  public static Texts read(List<Locale> languages, Optional<Path> folder)
      throws InvalidTextsException {
    List<String> faults = new ArrayList<>();
    List<Wording> wordings =
        languages.stream().map(locale -> wording(locale, folder, faults)).toList();
    if (!faults.isEmpty()) {
      throw new InvalidTextsException(faults);
    }
    return new Texts(wordings);
  }

  private static Wording wording(Locale locale, Optional<Path> folder, List<String> faults) {
    Map<Message, String> patterns = new EnumMap<>(Message.class);
    Stream.of(MessageFile.builtIn(locale), folder.flatMap(known -> MessageFile.in(known, locale)))
        .flatMap(Optional::stream)
        .forEach(
            file -> {
              patterns.putAll(file.patterns());
              faults.addAll(file.faults());
            });
    List<String> missing =
        Stream.of(Message.values())
            .filter(message -> !patterns.containsKey(message))
            .map(Message::key)
            .toList();
    if (!missing.isEmpty() && faults.isEmpty()) {
      faults.add(MessageFile.name(locale) + " is missing or lacks: " + String.join(", ", missing));
    }
    return new Wording(locale, patterns);
  }

  /** The languages as tags, the default first. */
  public List<String> tags() {
    return wordings.stream().map(Wording::tag).toList();
  }

  /** The language that the browser wishes. */
  public Wording choose(Headers headers) {
    return accepted(headers).orElseGet(wordings::getFirst);
  }

  /**
   * The language that the client asks for, else the one that the browser wishes, else the first. A
   * tag that is unknown or broken is passed over (OpenID Connect Core section 3.1.2.1).
   *
   * @param uiLocales tags with spaces between them, the most wanted first
   */
  public Wording choose(Optional<String> uiLocales, Headers headers) {
    return uiLocales.stream()
        .flatMap(tags -> Stream.of(tags.split(" ", -1)))
        .flatMap(tag -> lookup(tag).stream())
        .findFirst()
        .orElseGet(() -> choose(headers));
  }

  private Optional<Wording> accepted(Headers headers) {
    return lookup(String.join(",", headers.all("Accept-Language")));
  }

  /** RFC 4647 section 3.4, by weight; what cannot be read is no wish. */
  private Optional<Wording> lookup(String ranges) {
    if (ranges.isBlank() || ranges.length() > LONGEST_WISH) {
      return Optional.empty();
    }
    try {
      Optional<Locale> found =
          Optional.ofNullable(
              Locale.lookup(
                  Locale.LanguageRange.parse(ranges),
                  wordings.stream().map(Wording::locale).toList()));
      return found.flatMap(
          locale -> wordings.stream().filter(one -> one.locale().equals(locale)).findFirst());
    } catch (IllegalArgumentException notARange) {
      return Optional.empty();
    }
  }
}
