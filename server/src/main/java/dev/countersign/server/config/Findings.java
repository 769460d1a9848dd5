package dev.countersign.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What reading one file has found so far: its problems, and the keys that were asked for. */
final class Findings {
  private final String file;
  private final boolean describing;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final List<ConfigProblem> elsewhere = new ArrayList<>();
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

  /** Takes over what is wrong with other files that this one names. */
  void problemsElsewhere(List<ConfigProblem> found) {
    elsewhere.addAll(found);
  }

  /** Notes that the file may hold this key. */
  void asked(ConfigKey key) {
    keys.putIfAbsent(key.path(), key);
  }

  int count() {
    return problems.size() + elsewhere.size();
  }

  /** Those of this file by line, then those of others. */
  List<ConfigProblem> problems() {
    return Stream.concat(
            problems.stream().sorted(Comparator.comparingInt(ConfigProblem::line)),
            elsewhere.stream())
        .toList();
  }

  /** What problems call the file. */
  String file() {
    return file;
  }

  /** The keys in the order in which they were asked for first. */
  List<ConfigKey> keys() {
    return List.copyOf(keys.values());
  }

  /** The line of a node, from 1; 0 if it is not known. */
  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
