package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.server.config.Kind.WrongValue;
import dev.countersign.server.details.DetailTypes;
import dev.countersign.server.details.TypeDefinition;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** The key that says which types of authorization details there are, and their files. */
final class DetailTypesReader {
  static final String KEY = "authorization_details_types";

  /** The deepest a schema may be nested; our choice. */
  private static final JsonLimits LIMITS = new JsonLimits(256 * 1024, 32);

  private final Path folder;
  private final ReadFiles files = new ReadFiles();

  DetailTypesReader(Path folder) {
    this.folder = folder;
  }

  /**
   * Where a type comes from.
   *
   * @param text as it stands in the configuration
   * @param file its file; empty: it comes with the product
   */
  private record Source(String text, Optional<Path> file) {}

  /** All that are right; what is wrong with a file is told as the file's problem. */
  DetailTypes read(Section root) {
    Map<String, TypeDefinition> types = new LinkedHashMap<>();
    for (Source source :
        root.list(
            KEY,
            kind(),
            "none",
            "The types of authorization details that clients can ask for (RFC 9396): names of those"
                + " that come with the product ("
                + String.join(", ", DetailType.READY)
                + "), and files of your own. They are read at the start.")) {
      read(root, source)
          .filter(type -> types.putIfAbsent(type.name(), type) != null)
          .ifPresent(
              type -> root.problem(KEY, "has the type '" + type.name() + "' more than once", ""));
    }
    return new DetailTypes(types.values());
  }

  private Kind<Source> kind() {
    Kind<Path> file = Kinds.file(folder, "types/energy.yaml");
    return new Kind<>(
        "payment_initiation, types/energy.yaml",
        Shape.text(),
        "What ends in `.json`, `.yaml` or `.yml` is a file.",
        node -> {
          String text = Kinds.text(node);
          if (isFile(text)) {
            return new Source(text, Optional.of(file.reader().read(node)));
          }
          if (!DetailType.READY.contains(text)) {
            throw new WrongValue(
                "must be a file (.json, .yaml or .yml) or one of: "
                    + String.join(", ", DetailType.READY));
          }
          return new Source(text, Optional.empty());
        });
  }

  private static boolean isFile(String text) {
    return text.endsWith(".json") || text.endsWith(".yaml") || text.endsWith(".yml");
  }

  private Optional<TypeDefinition> read(Section root, Source source) {
    if (source.file().isEmpty()) {
      return Optional.of(TypeDefinition.ready(source.text()));
    }
    String name = source.text();
    try {
      byte[] content = files.read(source.file().get());
      Node node = ConfigFile.compose(name, ConfigFile.text(content));
      return read(root, name, node, json(name, content, node));
    } catch (ConfigException e) {
      root.problemsElsewhere(e.problems());
    } catch (CharacterCodingException e) {
      root.problemsElsewhere(List.of(new ConfigProblem(name, 0, "", "is not UTF-8 text", "")));
    } catch (IOException e) {
      root.problemsElsewhere(List.of(new ConfigProblem(name, 0, "", "cannot be read", "")));
    } catch (MalformedJsonException e) {
      root.problemsElsewhere(List.of(new ConfigProblem(name, 0, "", e.reason(), "")));
    }
    return Optional.empty();
  }

  private static Optional<TypeDefinition> read(
      Section root, String name, Node node, JsonObject file) {
    try {
      return Optional.of(TypeDefinition.parse(file));
    } catch (InvalidDetailTypeException e) {
      JsonPointer where = e.where();
      root.problemsElsewhere(
          List.of(
              new ConfigProblem(
                  name, YamlJson.line(node, where), where.toString(), e.fault(), "")));
      return Optional.empty();
    }
  }

  private static JsonObject json(String name, byte[] content, Node node)
      throws MalformedJsonException, ConfigException {
    return name.endsWith(".json")
        ? JsonObject.parse(content, LIMITS)
        : YamlJson.object(name, node, LIMITS);
  }
}
