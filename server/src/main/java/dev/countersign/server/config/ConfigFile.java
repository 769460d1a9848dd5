package dev.countersign.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code countersign.yaml}. */
public final class ConfigFile {
  private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

  /** Our choice: no key is anywhere near it. */
  private static final int MAX_DEPTH = 50;

  private ConfigFile() {}

  /**
   * The configuration of a file: UTF-8, at most 4 MiB. Relative paths in it start at its folder.
   *
   * @throws ConfigException with all problems that were found
   */
  public static Config read(Path file) throws ConfigException {
    String name = String.valueOf(file.getFileName());
    Path path = file.toAbsolutePath();
    Path folder = Optional.ofNullable(path.getParent()).orElse(path);
    ReadFiles files = new ReadFiles();
    try {
      Node root = compose(name, text(files.read(path)));
      return read(new Findings(name), root, new ConfigReader(folder, files));
    } catch (CharacterCodingException e) {
      throw broken(name, 0, "is not UTF-8 text");
    } catch (IOException e) {
      throw broken(name, 0, "cannot be read: no such file, or no permission (" + file + ")");
    }
  }

  /**
   * The configuration of a text, which will not change; only the files of its {@code clients_dir}
   * may.
   *
   * @param name what problems call the file
   * @param folder where relative paths start
   * @throws ConfigException with all problems that were found
   */
  public static Config parse(String name, String yaml, Path folder) throws ConfigException {
    return read(new Findings(name), compose(name, yaml), new ConfigReader(folder));
  }

  static Config read(Findings findings, Node root, ConfigReader reader) throws ConfigException {
    return reader
        .read(new Section(findings, root, ""))
        .orElseThrow(() -> new ConfigException(findings.problems()));
  }

  /** Strict UTF-8. */
  static String text(byte[] utf8) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
  }

  static Node compose(String name, String yaml) throws ConfigException {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(MAX_CHARACTERS).build();
    try {
      requireShallow(name, new Parse(settings).parseString(yaml));
      return Aliases.bounded(
          new Compose(settings).composeString(yaml).orElseThrow(() -> broken(name, 0, "is empty")),
          MAX_DEPTH);
    } catch (Aliases.TooLargeException e) {
      throw broken(name, Findings.line(e.where()), String.valueOf(e.getMessage()));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw broken(name, line, "is not valid YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw broken(name, 0, "is not valid YAML, or larger than 4 MiB");
    }
  }

  /** Composing goes down by recursion: without a bound, one such file would end it for all. */
  private static void requireShallow(String name, Iterable<Event> events) throws ConfigException {
    int depth = 0;
    for (Event event : events) {
      switch (event) {
        case CollectionStartEvent _ -> depth++;
        case CollectionEndEvent _ -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        throw broken(name, line, "is nested too deeply");
      }
    }
  }

  private static ConfigException broken(String name, int line, String fault) {
    return new ConfigException(List.of(new ConfigProblem(name, line, "", fault, "")));
  }
}
