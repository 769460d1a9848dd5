package dev.countersign.attacker.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the file, read key by key. Whatever is wrong goes to the {@link Findings}, and
 * reading goes on, so that a person sees all faults at once. {@link #finish} reports the keys that
 * nobody asked for.
 *
 * <p>Each key is asked for together with its meaning, whatever the other keys say: {@link
 * TargetKeys} has the same code read an empty file to learn of all keys.
 */
final class Section {
  private final Findings findings;
  private final Node where;
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final int faultsBefore;

  /**
   * Reads the keys of a node.
   *
   * @param path the path of the section; empty for the file itself
   */
  Section(Findings findings, Node node, String path) {
    this.findings = findings;
    this.where = node;
    this.path = path;
    this.faultsBefore = findings.count();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else {
      findings.fault(node, path, "must be a section with keys of its own", "");
    }
  }

  /** A section that the file leaves out: every key is absent. */
  private Section(Section parent, String path) {
    this.findings = parent.findings;
    this.where = parent.where;
    this.path = path;
    this.faultsBefore = findings.count();
  }

  private void add(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      findings.fault(tuple.getKeyNode(), path, "a key must be plain text", "");
      return;
    }
    String name = key.getValue();
    if (keys.putIfAbsent(name, key) != null) {
      findings.fault(key, pathOf(name), "stands here twice; keep one of them", "");
      return;
    }
    // "key:" without a value counts as absent, as the same line commented out would.
    if (!Tag.NULL.equals(tuple.getValueNode().getTag())) {
      values.put(name, tuple.getValueNode());
    }
  }

  /** The value of a key that must be there; empty if it is missing or wrong. */
  <T> Optional<T> required(String key, Kind<T> kind, String meaning) {
    ask(key, TargetKey.REQUIRED, kind.example(), meaning);
    if (!has(key)) {
      missing(key, kind.example());
    }
    return value(key).flatMap(node -> read(node, pathOf(key), key, kind));
  }

  /**
   * The value of a key that may be left out; empty if it is, or is wrong.
   *
   * @param absent what holds then, in words with Markdown
   */
  <T> Optional<T> optional(String key, Kind<T> kind, String absent, String meaning) {
    ask(key, absent, kind.example(), meaning);
    return value(key).flatMap(node -> read(node, pathOf(key), key, kind));
  }

  /**
   * The value of a key, or its default if it is left out; empty if it is wrong.
   *
   * @param standard what the example of the kind says, which is the default
   */
  <T> Optional<T> orElse(String key, Kind<T> kind, T standard, String meaning) {
    ask(key, "`" + kind.example() + "`", kind.example(), meaning);
    return has(key)
        ? value(key).flatMap(node -> read(node, pathOf(key), key, kind))
        : Optional.of(standard);
  }

  /** The right ones of a list of values; empty if it is left out. */
  <T> List<T> list(String key, Kind<T> kind, String absent, String meaning) {
    String example = "[" + kind.example() + "]";
    ask(key, absent, example, meaning);
    Kind<T> element = new Kind<>(example, kind.reader());
    List<T> items = new ArrayList<>();
    elements(key, example)
        .forEach((itemPath, node) -> read(node, itemPath, key, element).ifPresent(items::add));
    return List.copyOf(items);
  }

  /** The right ones of a list that must be there and hold a value. */
  <T> List<T> requiredList(String key, Kind<T> kind, String meaning) {
    int before = findings.count();
    List<T> items = list(key, kind, TargetKey.REQUIRED, meaning);
    requireSome(key, items, before, "[" + kind.example() + "]");
    return items;
  }

  /** The right ones of a list of sections; empty if it is left out. */
  <T> List<T> sections(
      String key, String absent, String meaning, Function<Section, Optional<T>> reader) {
    ask(key, absent, "", meaning);
    List<T> items = new ArrayList<>();
    elements(key, "a list, each entry with a dash in front")
        .forEach(
            (itemPath, node) ->
                reader.apply(new Section(findings, node, itemPath)).ifPresent(items::add));
    if (findings.describing()) {
      reader.apply(new Section(this, pathOf(key) + "[]")).ifPresent(items::add);
    }
    return List.copyOf(items);
  }

  /**
   * The right ones of a list of sections that must be there and hold one.
   *
   * @param example how the list may look
   */
  <T> List<T> requiredSections(
      String key, String example, String meaning, Function<Section, Optional<T>> reader) {
    int before = findings.count();
    List<T> items = sections(key, TargetKey.REQUIRED, meaning, reader);
    requireSome(key, items, before, example);
    return items;
  }

  /** A section below this one that may be left out; empty if it is, or is wrong. */
  <T> Optional<T> section(
      String key, String absent, String meaning, Function<Section, Optional<T>> reader) {
    ask(key, absent, "", meaning);
    if (findings.describing()) {
      return reader.apply(new Section(this, pathOf(key)));
    }
    return value(key).flatMap(node -> reader.apply(new Section(findings, node, pathOf(key))));
  }

  /** Whether the key is there and has a value. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Reports a key that is missing. */
  void missing(String key, String example) {
    findings.fault(where, pathOf(key), "is missing", key + ": " + example);
  }

  /** Reports a fault that only shows together with other values. */
  void fault(String key, String fault, String example) {
    findings.fault(
        keys.getOrDefault(key, where),
        pathOf(key),
        fault,
        example.isEmpty() ? "" : key + ": " + example);
  }

  /** Reports the keys nobody asked for; makes the value if nothing at all was wrong in here. */
  <T> Optional<T> finish(Supplier<T> value) {
    keys.forEach(
        (name, node) -> {
          if (!asked.contains(name)) {
            String fault = "is not a key; there are: " + String.join(", ", asked);
            findings.fault(node, pathOf(name), fault, "");
          }
        });
    return findings.count() == faultsBefore ? Optional.of(value.get()) : Optional.empty();
  }

  private void requireSome(String key, List<?> items, int before, String example) {
    if (!has(key)) {
      missing(key, example);
    } else if (items.isEmpty() && findings.count() == before) {
      fault(key, "must not be an empty list", example);
    }
  }

  private Map<String, Node> elements(String key, String example) {
    Map<String, Node> elements = new LinkedHashMap<>();
    Optional<Node> value = value(key);
    if (value.isPresent() && value.get() instanceof SequenceNode sequence) {
      sequence
          .getValue()
          .forEach(node -> elements.put(pathOf(key) + "[" + elements.size() + "]", node));
    } else if (value.isPresent()) {
      findings.fault(value.get(), pathOf(key), "must be a list", key + ": " + example);
    }
    return elements;
  }

  private <T> Optional<T> read(Node node, String nodePath, String key, Kind<T> kind) {
    try {
      return Optional.of(kind.reader().read(node));
    } catch (Kind.WrongValue e) {
      findings.fault(e.where(node), nodePath, e.fault(), key + ": " + kind.example());
      return Optional.empty();
    }
  }

  private void ask(String key, String absence, String example, String meaning) {
    asked.add(key);
    findings.asked(
        new TargetKey(pathOf(key).replaceAll("\\[\\d+]", "[]"), absence, example, meaning));
  }

  private Optional<Node> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
