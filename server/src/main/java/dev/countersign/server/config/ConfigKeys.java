package dev.countersign.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * All keys of the file, in the order in which they are read. They are learnt from the code that
 * reads: it is given an empty file and tells what it asks for.
 */
public final class ConfigKeys {
  private final List<ConfigKey> keys;

  private ConfigKeys(List<ConfigKey> keys) {
    this.keys = keys;
  }

  /** The keys of this version. */
  public static ConfigKeys describe() {
    Findings findings = Findings.ofKeys();
    MappingNode nothing = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
    new ConfigReader(Path.of("")).read(new Section(findings, nothing, ""));
    return new ConfigKeys(findings.keys());
  }

  /** All of them; a section stands before its keys. */
  public List<ConfigKey> all() {
    return keys;
  }

  /**
   * Those of one section.
   *
   * @param parent its path, with {@code []} for an entry of a list; empty for the file itself
   */
  public List<ConfigKey> in(String parent) {
    return keys.stream().filter(key -> key.parent().equals(parent)).toList();
  }

  /** The one of this path. */
  public Optional<ConfigKey> find(String path) {
    return keys.stream().filter(key -> key.path().equals(path)).findFirst();
  }

  /** Whether it must be given; a section must if one of its keys must. */
  public boolean isRequired(ConfigKey key) {
    return switch (key.content()) {
      case VALUE, SECTIONS -> key.absence() instanceof Absence.Refused;
      case SECTION -> in(key.path()).stream().anyMatch(this::isRequired);
    };
  }

  /** A Markdown table: key, default, meaning. */
  public String table() {
    StringBuilder table = new StringBuilder("| key | default | meaning |\n|---|---|---|\n");
    for (ConfigKey key : keys) {
      Absence absence = isRequired(key) ? new Absence.Refused() : key.absence();
      table.append("| `%s` | %s | %s |\n".formatted(key.path(), absence.words(), key.doc()));
    }
    return table.toString().replace("|  |", "| |");
  }

  /** The JSON Schema (2020-12) of the file, ready to be stored. */
  public String schema() {
    return new ConfigSchema(this).text();
  }
}
