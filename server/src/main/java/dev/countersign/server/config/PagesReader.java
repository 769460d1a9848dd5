package dev.countersign.server.config;

import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.server.text.InvalidTextsException;
import dev.countersign.server.text.Texts;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of {@code pages}. */
final class PagesReader {
  private final Path folder;

  PagesReader(Path folder) {
    this.folder = folder;
  }

  /** The pages; without a name of their own they bear the issuer's host. */
  Optional<PagesConfig> read(Section section, Optional<Issuer> issuer) {
    Optional<String> name =
        section.optional(
            "name",
            Kinds.text("Example Bank"),
            "the issuer's host",
            "The operator's name, on top of every page.");
    Optional<Logo> logo =
        section.optional(
            "logo",
            PageKinds.logo(folder),
            "none",
            "A file with the operator's logo. It is shown as a picture; script in it does not"
                + " run.");
    Optional<Colour> accent =
        section.orElse(
            "accent",
            PageKinds.accent("#0b5cad", PagesConfig.LIGHT),
            "'#0b5cad'",
            "The colour of buttons.");
    Optional<Colour> accentDark =
        section.orElse(
            "accent_dark",
            PageKinds.accent("#6cb2ff", PagesConfig.DARK),
            "'#6cb2ff'",
            "The same for people whose browser prefers dark pages.");
    Optional<Texts> texts = texts(section);
    Optional<ZoneId> timeZone =
        section.orElse(
            "time_zone",
            PageKinds.timeZone(),
            "UTC",
            "The time zone in which pages say when something was or will be.");
    Optional<Boolean> myGrants =
        section.orElse(
            "my_grants",
            Kinds.bool(true),
            "true",
            "Whether there is a page, `/my-grants` below the issuer, on which people see whom they"
                + " allowed what, and end it.");
    String host = issuer.map(known -> known.uri().getHost()).orElse("");
    return section.finish(
        () ->
            new PagesConfig(
                name.orElse(host),
                logo,
                accent.orElseThrow(),
                accentDark.orElseThrow(),
                texts.orElseThrow(),
                timeZone.orElseThrow(),
                myGrants.orElseThrow()));
  }

  private Optional<Texts> texts(Section section) {
    List<Locale> named =
        section.someOf(
            "languages",
            PageKinds.language(),
            "`[en, de]`",
            "The languages of the pages. A person gets the one that the client asks for"
                + " (`ui_locales`), else the one that the browser prefers, else the first.");
    Optional<Path> own =
        section.optional(
            "messages",
            PageKinds.folder(folder, "messages"),
            "none",
            "A folder with own files `messages_en.properties`, `messages_de.properties` (UTF-8),"
                + " each with the sentences to replace. A language that does not come with the"
                + " server needs a whole file.");
    if (new HashSet<>(named).size() < named.size()) {
      section.problem("languages", "names a language twice", "[en, de]");
      return Optional.empty();
    }
    List<Locale> languages = named.isEmpty() ? Texts.BUILT_IN : named;
    try {
      return Optional.of(Texts.read(languages, own));
    } catch (InvalidTextsException e) {
      String key = section.has("messages") ? "messages" : "languages";
      e.faults().forEach(fault -> section.problem(key, fault, ""));
      return Optional.empty();
    }
  }
}
