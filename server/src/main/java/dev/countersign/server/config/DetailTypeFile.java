package dev.countersign.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.function.ToIntFunction;
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
      String text = ConfigFile.text(files.read(file));
      return name.endsWith(".json") ? ofJson(name, text) : ofYaml(name, text);
    } catch (CharacterCodingException e) {
      throw problem(name, 0, "", "is not UTF-8 text");
    } catch (IOException e) {
      throw problem(name, 0, "", "cannot be read");
    } catch (MalformedJsonException e) {
      throw problem(name, 0, "", e.reason());
    }
  }

  private static TypeDefinition ofYaml(String name, String text)
      throws MalformedJsonException, ConfigException {
    Node node = ConfigFile.compose(name, text);
    return parse(name, YamlJson.object(name, node, LIMITS), where -> YamlJson.line(node, where));
  }

  private static TypeDefinition ofJson(String name, String text) throws ConfigException {
    try {
      return parse(
          name, JsonObject.parse(text.getBytes(UTF_8), LIMITS), where -> line(name, text, where));
    } catch (MalformedJsonException e) {
      throw problem(name, line(name, text, JsonPointer.WHOLE), "", e.reason());
    }
  }

  /** JSON is YAML, too, and the reader of that knows lines: those of what is no YAML as well. */
  private static int line(String name, String json, JsonPointer where) {
    try {
      Node node = ConfigFile.compose(name, json);
      return where.equals(JsonPointer.WHOLE) ? 0 : YamlJson.line(node, where);
    } catch (ConfigException e) {
      return e.problems().getFirst().line();
    }
  }

  private static TypeDefinition parse(String name, JsonObject file, ToIntFunction<JsonPointer> line)
      throws ConfigException {
    try {
      return TypeDefinition.parse(file);
    } catch (InvalidDetailTypeException e) {
      JsonPointer where = e.where();
      throw problem(name, line.applyAsInt(where), where.toString(), e.fault());
    }
  }

  private static ConfigException problem(String name, int line, String place, String fault) {
    return new ConfigException(List.of(new ConfigProblem(name, line, place, fault, "")));
  }
}
