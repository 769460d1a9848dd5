package dev.countersign.server.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What reading one file has found so far: its problems, and the keys that were asked for. */
final class Findings {
  private final String file;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final SortedSet<String> keys = new TreeSet<>();

  Findings(String file) {
    this.file = file;
  }

  void problem(Node where, String key, String fault, String example) {
    problem(line(where), key, fault, example);
  }

  void problem(int line, String key, String fault, String example) {
    problems.add(new ConfigProblem(file, line, key, fault, example));
  }

  /** Notes that the file may hold this key; list positions are left out: {@code clients[].name}. */
  void asked(String key) {
    keys.add(key.replaceAll("\\[\\d+]", "[]"));
  }

  int count() {
    return problems.size();
  }

  List<ConfigProblem> problems() {
    return problems.stream().sorted(Comparator.comparingInt(ConfigProblem::line)).toList();
  }

  SortedSet<String> keys() {
    return keys;
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
