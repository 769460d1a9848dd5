package dev.countersign.attacker.deployment;

import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** The text of a target file as nodes that know their lines. */
final class YamlText {
  private static final int MAX_CHARACTERS = 1024 * 1024;

  /** Our choice: no key is anywhere near it. */
  private static final int MAX_DEPTH = 50;

  private YamlText() {}

  /**
   * The only document of a text, at most 1 MiB.
   *
   * @param name what faults call the file
   * @throws InvalidTargetException if it is no YAML, empty, too deep, or has aliases
   */
  static Node compose(String name, String yaml) throws InvalidTargetException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(name)
            .setCodePointLimit(MAX_CHARACTERS)
            // They are refused where their place is known.
            .setAllowNonScalarKeys(true)
            .build();
    try {
      requirePlain(name, new Parse(settings).parseString(yaml));
      return new Compose(settings)
          .composeString(yaml)
          .orElseThrow(() -> broken(name, 0, "is empty", "issuer: https://as.example.com"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw broken(name, line, "is not valid YAML: " + problem(e), hint(yaml, line));
    } catch (YamlEngineException _) {
      throw broken(name, 0, "is not valid YAML, or larger than 1 MiB", "");
    }
  }

  /** What cites a tag may cite a password that begins like one. */
  private static String problem(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    return problem.contains("tag") ? "put quotes around text that begins with !" : problem;
  }

  /** In {@code {password: ${X}}} the second brace begins a mapping, which surprises many. */
  private static String hint(String yaml, int line) {
    boolean variable = yaml.lines().skip(Math.max(0, line - 1)).limit(1).anyMatch(YamlText::isBare);
    return variable ? "password: \"${ALICE_PASSWORD}\", with quotes" : "";
  }

  private static boolean isBare(String line) {
    return line.contains(" ${");
  }

  /**
   * Composing goes down by recursion: without a bound, one such file would end it. An alias could
   * make a short file larger than any memory.
   */
  private static void requirePlain(String name, Iterable<Event> events)
      throws InvalidTargetException {
    int depth = 0;
    for (Event event : events) {
      int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
      switch (event) {
        case CollectionStartEvent _ -> depth++;
        case CollectionEndEvent _ -> depth--;
        case AliasEvent _ ->
            throw broken(name, line, "aliases (*name) are not read; write the value out", "");
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        throw broken(name, line, "is nested too deeply", "");
      }
    }
  }

  static InvalidTargetException broken(String name, int line, String fault, String example) {
    return new InvalidTargetException(List.of(new TargetFault(name, line, "", fault, example)));
  }
}
