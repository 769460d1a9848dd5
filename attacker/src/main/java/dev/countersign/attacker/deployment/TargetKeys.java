package dev.countersign.attacker.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * All keys of the target file. They are learnt from the code that reads: it is given an empty file
 * and tells what it asks for.
 */
public final class TargetKeys {
  private TargetKeys() {}

  /** The keys in the order in which they are read; a section stands before its keys. */
  public static List<TargetKey> all() {
    Findings findings = Findings.ofKeys();
    MappingNode nothing = new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
    new TargetReader(new Kinds(Path.of(""), _ -> Optional.empty()))
        .read(new Section(findings, nothing, ""));
    return findings.keys();
  }

  /** A Markdown table of them: key, what holds if it is left out, meaning. */
  public static String table() {
    StringBuilder table = new StringBuilder("| key | if left out | meaning |\n|---|---|---|\n");
    for (TargetKey key : all()) {
      table.append("| `%s` | %s | %s |\n".formatted(key.path(), key.absence(), key.meaning()));
    }
    return table.toString();
  }
}
