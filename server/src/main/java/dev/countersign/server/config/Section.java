package dev.countersign.server.config;

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
 * reading goes on, so that a person sees all problems at once. {@link #finish} reports the keys
 * that nobody asked for.
 *
 * <p>Each key is asked for together with its documentation, so that none can be read that is not
 * described: {@link ConfigKeys} has the same code read an empty file to learn of all keys. So a key
 * must be asked for whatever the other keys say.
 */
final class Section {
  private final Findings findings;
  private final Node where;
  private final String path;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keys = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  private final int problemsBefore;

  /**
   * Reads the keys of a node.
   *
   * @param path the path of the section; empty for the file itself
   */
  Section(Findings findings, Node node, String path) {
    this.findings = findings;
    this.where = node;
    this.path = path;
    this.problemsBefore = findings.count();
    switch (node) {
      case MappingNode mapping -> mapping.getValue().forEach(this::add);
      default -> findings.problem(node, path, "must be a section with keys of its own", "");
    }
  }

  /** A section that the file leaves out: every key is absent. */
  private Section(Section parent, String key) {
    this.findings = parent.findings;
    this.where = parent.where;
    this.path = parent.pathOf(key);
    this.problemsBefore = findings.count();
  }

  private void add(NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      findings.problem(tuple.getKeyNode(), path, "a key must be plain text", "");
      return;
    }
    String name = key.getValue();
    if (keys.putIfAbsent(name, key) != null) {
      findings.problem(key, pathOf(name), "stands here twice; keep one of them", "");
      return;
    }
    // "key:" without a value counts as absent, as the same line commented out would.
    if (!Tag.NULL.equals(tuple.getValueNode().getTag())) {
      values.put(name, tuple.getValueNode());
    }
  }

  /** The value of a key that must be there; empty if it is missing or wrong. */
  <T> Optional<T> required(String key, Kind<T> kind, String doc) {
    Optional<Node> value = ask(key, kind, new Absence.Refused(), doc);
    if (value.isEmpty()) {
      missing(key, kind.example());
    }
    return value.flatMap(node -> read(node, pathOf(key), key, kind));
  }

  /**
   * The value of a key that may be left out; empty if it is, or is wrong.
   *
   * @param absent what holds then, in words with Markdown
   */
  <T> Optional<T> optional(String key, Kind<T> kind, String absent, String doc) {
    return ask(key, kind, new Absence.Means(absent), doc)
        .flatMap(node -> read(node, pathOf(key), key, kind));
  }

  /** The value of a key that another may stand in place of; empty if it is left out or wrong. */
  <T> Optional<T> either(String key, Kind<T> kind, Absence.InPlaceOf absence, String doc) {
    return ask(key, kind, absence, doc).flatMap(node -> read(node, pathOf(key), key, kind));
  }

  /**
   * The value of a key, or its default if it is left out; empty if it is wrong.
   *
   * @param standard the default as it would stand in the file; it is read like any other value
   */
  <T> Optional<T> orElse(String key, Kind<T> kind, String standard, String doc) {
    Optional<Node> value = ask(key, kind, new Absence.Standard(standard), doc);
    return value.isPresent()
        ? read(value.get(), pathOf(key), key, kind)
        : Optional.of(standard(pathOf(key), kind, standard));
  }

  /** The right ones of a list of values; empty if it is left out. */
  <T> List<T> list(String key, Kind<T> kind, String absent, String doc) {
    return list(key, kind, 0, new Absence.Means(absent), doc);
  }

  /** The right ones of a list that must hold a value if it is there; empty if it is left out. */
  <T> List<T> someOf(String key, Kind<T> kind, String absent, String doc) {
    return someOf(key, kind, new Absence.Means(absent), doc);
  }

  /** The right ones of a list that must be there and hold a value. */
  <T> List<T> requiredSomeOf(String key, Kind<T> kind, String doc) {
    List<T> items = someOf(key, kind, new Absence.Refused(), doc);
    if (!has(key)) {
      missing(key, "[" + kind.example() + "]");
    }
    return items;
  }

  private <T> List<T> someOf(String key, Kind<T> kind, Absence absence, String doc) {
    int before = findings.count();
    List<T> items = list(key, kind, 1, absence, doc);
    if (has(key) && items.isEmpty() && findings.count() == before) {
      problem(key, "must not be an empty list", "[" + kind.example() + "]");
    }
    return items;
  }

  private <T> List<T> list(String key, Kind<T> kind, long least, Absence absence, String doc) {
    List<T> items = new ArrayList<>();
    String example = "[" + kind.example() + "]";
    Kind<T> list =
        new Kind<>(example, Shape.listOf(kind.shape(), least), kind.note(), kind.reader());
    elements(key, ask(key, list, absence, doc), example)
        .forEach((itemPath, node) -> read(node, itemPath, key, list).ifPresent(items::add));
    return List.copyOf(items);
  }

  /** The right ones of a list of sections; empty if it is left out. */
  <T> List<T> sections(
      String key, String absent, String doc, Function<Section, Optional<T>> reader) {
    return sections(key, new Absence.Means(absent), doc, reader);
  }

  /**
   * The right ones of a list of sections that must be there and hold one.
   *
   * @param example how the list may look
   */
  <T> List<T> requiredSections(
      String key, String example, String doc, Function<Section, Optional<T>> reader) {
    List<T> items = someSections(key, new Absence.Refused(), example, doc, reader);
    if (!has(key)) {
      missing(key, example);
    }
    return items;
  }

  /**
   * The right ones of a list of sections that must hold one if it is there; empty if it is left
   * out.
   *
   * @param example how the list may look
   */
  <T> List<T> someSections(
      String key,
      String absent,
      String example,
      String doc,
      Function<Section, Optional<T>> reader) {
    return someSections(key, new Absence.Means(absent), example, doc, reader);
  }

  private <T> List<T> someSections(
      String key,
      Absence absence,
      String example,
      String doc,
      Function<Section, Optional<T>> reader) {
    int before = findings.count();
    List<T> items = sections(key, absence, doc, reader);
    if (has(key) && items.isEmpty() && findings.count() == before) {
      problem(key, "must not be an empty list", example);
    }
    return items;
  }

  private <T> List<T> sections(
      String key, Absence absence, String doc, Function<Section, Optional<T>> reader) {
    List<T> items = new ArrayList<>();
    note(key, ConfigKey.Content.SECTIONS, absence, doc);
    elements(key, value(key), "a list, each entry with a dash in front")
        .forEach(
            (itemPath, node) ->
                reader.apply(new Section(findings, node, itemPath)).ifPresent(items::add));
    if (findings.describing()) {
      reader.apply(new Section(this, key + "[]")).ifPresent(items::add);
    }
    return List.copyOf(items);
  }

  /** A section below this one. If it is left out, all its keys are. */
  Section section(String key, String doc) {
    note(key, ConfigKey.Content.SECTION, new Absence.Means(""), doc);
    return value(key)
        .map(node -> new Section(findings, node, pathOf(key)))
        .orElseGet(() -> new Section(this, key));
  }

  /** Whether the key is there and has a value. */
  boolean has(String key) {
    return value(key).isPresent();
  }

  /** Reports a key that is missing. */
  void missing(String key, String example) {
    findings.problem(where, pathOf(key), "is missing", key + ": " + example);
  }

  /** Reports a fault that only shows together with other values. */
  void problem(String key, String fault, String example) {
    Node node = keys.getOrDefault(key, where);
    findings.problem(node, pathOf(key), fault, example.isEmpty() ? "" : key + ": " + example);
  }

  /** What problems call the file. */
  String file() {
    return findings.file();
  }

  /** How many problems there are so far, those of files that this one names among them. */
  int problems() {
    return findings.count();
  }

  /** Takes over what is wrong with other files that this one names. */
  void problemsElsewhere(List<ConfigProblem> found) {
    findings.problemsElsewhere(found);
  }

  /** The line of a key, from 1; that of the section if it is left out. */
  int line(String key) {
    return Findings.line(keys.getOrDefault(key, where));
  }

  /** Reports the keys nobody asked for; makes the value if nothing at all was wrong in here. */
  <T> Optional<T> finish(Supplier<T> value) {
    keys.forEach(
        (name, node) -> {
          if (!asked.contains(name)) {
            String fault = "is not a key; there are: " + String.join(", ", asked);
            findings.problem(node, pathOf(name), fault, "");
          }
        });
    return findings.count() == problemsBefore ? Optional.of(value.get()) : Optional.empty();
  }

  private Map<String, Node> elements(String key, Optional<Node> value, String example) {
    Map<String, Node> elements = new LinkedHashMap<>();
    if (value.isPresent() && value.get() instanceof SequenceNode sequence) {
      sequence
          .getValue()
          .forEach(node -> elements.put(pathOf(key) + "[" + elements.size() + "]", node));
    } else if (value.isPresent()) {
      findings.problem(value.get(), pathOf(key), "must be a list", key + ": " + example);
    }
    return elements;
  }

  private <T> Optional<T> read(Node node, String nodePath, String key, Kind<T> kind) {
    try {
      return Optional.of(kind.reader().read(node));
    } catch (Kind.WrongValue e) {
      findings.problem(node, nodePath, e.fault(), key + ": " + kind.example());
      return Optional.empty();
    }
  }

  private static <T> T standard(String path, Kind<T> kind, String yaml) {
    try {
      return kind.reader().read(ConfigFile.compose(path, yaml));
    } catch (Kind.WrongValue | ConfigException e) {
      throw new IllegalStateException("the default of " + path + " is no right value", e);
    }
  }

  private Optional<Node> ask(String key, Kind<?> kind, Absence absence, String doc) {
    asked.add(key);
    findings.asked(ConfigKey.ofValue(pathOf(key), kind, absence, doc));
    return value(key);
  }

  private void note(String key, ConfigKey.Content content, Absence absence, String doc) {
    asked.add(key);
    findings.asked(ConfigKey.ofSection(pathOf(key), content, absence, doc));
  }

  private Optional<Node> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
