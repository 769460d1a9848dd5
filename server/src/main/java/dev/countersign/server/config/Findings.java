package dev.countersign.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What reading one file has found so far: its problems, and the keys that were asked for. */
final class Findings {
  private final String file;
  private final boolean describing;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Map<String, ConfigKey> keys = new LinkedHashMap<>();

  /** Of a file of this name. */
  Findings(String file) {
    this(file, false);
  }

  private Findings(String file, boolean describing) {
    this.file = file;
    this.describing = describing;
  }

  /** Of an empty file that is read only to learn of all keys; its problems mean nothing. */
  static Findings ofKeys() {
    return new Findings("", true);
  }

  /** Whether one entry of every list of sections is to be read although there is none. */
  boolean describing() {
    return describing;
  }

  void problem(Node where, String key, String fault, String example) {
    problem(line(where), key, fault, example);
  }

  void problem(int line, String key, String fault, String example) {
    problems.add(new ConfigProblem(file, line, key, fault, example));
  }

  /** Notes that the file may hold this key. */
  void asked(ConfigKey key) {
    keys.putIfAbsent(key.path(), key);
  }

  int count() {
    return problems.size();
  }

  List<ConfigProblem> problems() {
    return problems.stream().sorted(Comparator.comparingInt(ConfigProblem::line)).toList();
  }

  /** The keys in the order in which they were asked for first. */
  List<ConfigKey> keys() {
    return List.copyOf(keys.values());
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
