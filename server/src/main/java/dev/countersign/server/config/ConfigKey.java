package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonObject;
import java.util.Optional;

/**
 * A key that the file may hold, as the code that reads it describes it.
 *
 * @param path where it stands, list positions left out: {@code clients[].redirect_uris}
 * @param content what stands there
 * @param absence what holds where it is left out
 * @param example a right value as it stands in the file; empty for sections
 * @param schema what values look like, as JSON Schema; without keywords for sections
 * @param doc what it means, in sentences with Markdown; what values must be stands at the end
 */
public record ConfigKey(
    String path, Content content, Absence absence, String example, JsonObject schema, String doc) {

  /** What a key holds. */
  public enum Content {
    /** A value, or a list of values. */
    VALUE,
    /** A section with keys of its own. */
    SECTION,
    /** A list of sections. */
    SECTIONS
  }

  /** Refuses a key that nobody explained. */
  public ConfigKey {
    if (doc.isBlank()) {
      throw new IllegalArgumentException("ConfigKey.doc of " + path + " must not be empty");
    }
  }

  static ConfigKey ofValue(String path, Kind<?> kind, Absence absence, String doc) {
    return new ConfigKey(
        withoutPositions(path),
        Content.VALUE,
        absence,
        kind.example(),
        kind.shape().schema(),
        kind.note().isEmpty() ? doc : doc + " " + kind.note());
  }

  static ConfigKey ofSection(String path, Content content, Absence absence, String doc) {
    JsonObject free = JsonObject.builder().build();
    return new ConfigKey(withoutPositions(path), content, absence, "", free, doc);
  }

  private static String withoutPositions(String path) {
    return path.replaceAll("\\[\\d+]", "[]");
  }

  /** The last name of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The path of the section that it stands in; empty for the file itself. */
  public String parent() {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** What the paths of the keys in it have as their parent; empty if it is a value. */
  Optional<String> inside() {
    return switch (content) {
      case VALUE -> Optional.empty();
      case SECTION -> Optional.of(path);
      case SECTIONS -> Optional.of(path + "[]");
    };
  }
}
