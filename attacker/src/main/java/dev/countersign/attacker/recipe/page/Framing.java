package dev.countersign.attacker.recipe.page;

import dev.countersign.attacker.wire.Answer;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a page of another site may have an answer in a frame (CSP 3 section 6.4.2). */
enum Framing {
  /** By {@code frame-ancestors}, with {@code 'none'}, or the own site alone. */
  REFUSED("frame-ancestors is set"),
  /** By {@code X-Frame-Options}, which is older and says less. */
  BY_OLD_FIELD("by X-Frame-Options alone"),
  /** Sites that are named may. */
  NAMED("frame-ancestors lets other sites by their names"),
  /** It may, but there is nothing in it to click on: no HTML. */
  NO_PAGE("it may be framed, but is no HTML"),
  /** Any site may. */
  OPEN("it may be framed");

  private final String said;

  Framing(String said) {
    this.said = said;
  }

  /** In words. */
  String said() {
    return said;
  }

  /**
   * Judges an answer. Of several policies each counts, so the strictest wins; where one has {@code
   * frame-ancestors}, browsers ignore {@code X-Frame-Options}.
   */
  static Framing of(Answer page) {
    Optional<Framing> byPolicy =
        page.headers().all("Content-Security-Policy").stream()
            .flatMap(field -> Stream.of(field.split(",", -1)))
            .flatMap(policy -> ancestors(policy).stream())
            .map(sources -> of(sources, page.url()))
            .min(Framing::compareTo);
    Framing framing = byPolicy.orElseGet(() -> byOldField(page));
    String type = page.header("Content-Type").orElse("text/html").toLowerCase(Locale.ROOT);
    return framing == OPEN && !type.contains("html") ? NO_PAGE : framing;
  }

  private static Framing byOldField(Answer page) {
    String options = page.header("X-Frame-Options").orElse("").trim().toLowerCase(Locale.ROOT);
    return List.of("deny", "sameorigin").contains(options) ? BY_OLD_FIELD : OPEN;
  }

  /** The sources of the first such directive, which alone counts. */
  private static Optional<List<String>> ancestors(String policy) {
    return Stream.of(policy.toLowerCase(Locale.ROOT).split(";", -1))
        .map(directive -> Arrays.asList(directive.trim().split("\\s+", -1)))
        .filter(words -> words.getFirst().equals("frame-ancestors"))
        .map(words -> words.subList(1, words.size()))
        .findFirst();
  }

  /** No source at all is {@code 'none'}. */
  private static Framing of(List<String> sources, URI page) {
    String own = page.getScheme() + "://" + page.getRawAuthority();
    if (sources.stream().anyMatch(source -> source.contains("*") || source.endsWith(":"))) {
      return OPEN;
    }
    return List.of("'none'", "'self'", own).containsAll(sources) ? REFUSED : NAMED;
  }
}
