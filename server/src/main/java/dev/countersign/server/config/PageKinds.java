package dev.countersign.server.config;

import dev.countersign.server.config.Kind.WrongValue;
import dev.countersign.server.text.LocalText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** Values of the file that are about pages: colours, pictures, languages. */
final class PageKinds {
  private PageKinds() {}

  /** A colour that can be read on, or as, another. */
  static Kind<Colour> accent(String example, Colour ink) {
    return new Kind<>(
        "'" + example + "'",
        Shape.pattern("^#[0-9A-Fa-f]{6}$"),
        "Its contrast to `" + ink.hex() + "` must be 4.5:1 (WCAG 2.2, 1.4.3).",
        node -> {
          Colour colour;
          try {
            colour = new Colour(Kinds.text(node));
          } catch (IllegalArgumentException e) {
            throw new WrongValue("must be a colour in the form '#rrggbb', in quotes");
          }
          double contrast = colour.contrastTo(ink);
          if (contrast < PagesConfig.LEAST_CONTRAST) {
            throw new WrongValue(
                String.format(
                    Locale.ROOT,
                    "has a contrast of %.1f:1 to the %s of the buttons; 4.5:1 is needed"
                        + " (WCAG 2.2, 1.4.3)",
                    Math.floor(contrast * 10) / 10,
                    ink.hex()));
          }
          return colour;
        });
  }

  /** A picture in a file. */
  static Kind<Logo> logo(Path folder) {
    Kind<Path> file = Kinds.file(folder, "logo.svg");
    return new Kind<>(
        file.example(),
        file.shape(),
        "SVG or PNG, at most 256 KiB.",
        node -> {
          Path path = file.reader().read(node);
          try {
            return Files.size(path) > Logo.LARGEST
                ? Logo.of(new byte[0])
                : Logo.of(Files.readAllBytes(path));
          } catch (IOException | IllegalArgumentException e) {
            throw new WrongValue("is neither SVG nor PNG, or larger than 256 KiB: " + path);
          }
        });
  }

  /** A language tag (BCP 47). */
  static Kind<Locale> language() {
    return new Kind<>(
        "en",
        Shape.pattern("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"),
        "",
        node -> locale(Kinds.text(node)));
  }

  /** A time zone of the IANA database, or UTC. */
  static Kind<ZoneId> timeZone() {
    return new Kind<>(
        "Europe/Berlin",
        Shape.pattern("^[A-Za-z][A-Za-z0-9_+/-]*$"),
        "",
        node -> {
          String name = Kinds.text(node);
          // No offsets and none of the JDK's own forms: a place knows when its summer begins.
          if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new WrongValue("must be the name of a time zone, for example Europe/Berlin");
          }
          return ZoneId.of(name);
        });
  }

  /** A folder that is there. */
  static Kind<Path> folder(Path folder, String example) {
    return Kinds.path(folder, example)
        .checked(
            path -> {
              if (!Files.isDirectory(path)) {
                throw new WrongValue("no folder at " + path);
              }
            });
  }

  /** A text for people: one for all, or one for each language. */
  static Kind<LocalText> localText(String example) {
    return new Kind<>(
        example,
        Shape.anyOf(Shape.text(), Shape.mapOf(Shape.text())),
        "One text, or one for each language: `{en: See your accounts, de: Ihre Konten sehen}`.",
        node ->
            node instanceof MappingNode mapping
                ? byLanguage(mapping)
                : LocalText.of(Kinds.text(node)));
  }

  private static LocalText byLanguage(MappingNode mapping) throws WrongValue {
    Map<String, String> texts = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      String tag = locale(Kinds.text(key)).toLanguageTag();
      if (texts.putIfAbsent(tag, Kinds.text(tuple.getValueNode())) != null) {
        throw new WrongValue("has a text for '" + tag + "' twice");
      }
    }
    if (texts.isEmpty()) {
      throw new WrongValue("must have a text for one language at least");
    }
    return new LocalText(texts);
  }

  private static Locale locale(String tag) throws WrongValue {
    try {
      return new Locale.Builder().setLanguageTag(tag).build();
    } catch (IllformedLocaleException e) {
      throw new WrongValue("must be a language tag, for example en or de-CH");
    }
  }
}
