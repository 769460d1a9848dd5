package dev.countersign.server.config;

import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.InvalidDetailTypeException;
import dev.countersign.server.details.TypeDefinition;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** The file of a type of authorization details, in JSON or, by its name, in YAML. */
public final class DetailTypeFile {

  /** The deepest a schema may be nested; our choice. */
  private static final JsonLimits LIMITS = new JsonLimits(256 * 1024, 32);

  private DetailTypeFile() {}

  /** Whether a text is the name of a file; if not, it can be that of a ready type only. */
  public static boolean isNamedBy(String text) {
    return text.endsWith(".json") || text.endsWith(".yaml") || text.endsWith(".yml");
  }

  /**
   * The type of a file, as a server has it that is configured with it.
   *
   * @throws ConfigException if it is none, with the place
   */
  public static TypeDefinition read(Path file) throws ConfigException {
    return read(file.toString(), file, new ReadFiles());
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param name what problems call the file
   */
  static TypeDefinition read(String name, Path file, ReadFiles files) throws ConfigException {
    try {
      byte[] content = files.read(file);
      Node node = ConfigFile.compose(name, ConfigFile.text(content));
      return parse(name, node, json(name, content, node));
    } catch (CharacterCodingException e) {
      throw problem(name, 0, "", "is not UTF-8 text");
    } catch (IOException e) {
      throw problem(name, 0, "", "cannot be read");
    } catch (MalformedJsonException e) {
      throw problem(name, 0, "", e.reason());
    }
  }

  private static JsonObject json(String name, byte[] content, Node node)
      throws MalformedJsonException, ConfigException {
    return name.endsWith(".json")
        ? JsonObject.parse(content, LIMITS)
        : YamlJson.object(name, node, LIMITS);
  }

  private static TypeDefinition parse(String name, Node node, JsonObject file)
      throws ConfigException {
    try {
      return TypeDefinition.parse(file);
    } catch (InvalidDetailTypeException e) {
      JsonPointer where = e.where();
      throw problem(name, YamlJson.line(node, where), where.toString(), e.fault());
    }
  }

  private static ConfigException problem(String name, int line, String place, String fault) {
    return new ConfigException(List.of(new ConfigProblem(name, line, place, fault, "")));
  }
}
