package dev.countersign.attacker.deployment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What reading one file has found so far: its faults, and the keys that were asked for. */
final class Findings {
  private final String file;
  private final boolean describing;
  private final List<TargetFault> faults = new ArrayList<>();
  private final Map<String, TargetKey> keys = new LinkedHashMap<>();

  /** Of a file of this name. */
  Findings(String file) {
    this(file, false);
  }

  private Findings(String file, boolean describing) {
    this.file = file;
    this.describing = describing;
  }

  /** Of an empty file that is read only to learn of all keys; its faults mean nothing. */
  static Findings ofKeys() {
    return new Findings("", true);
  }

  /** Whether sections are to be read although there are none. */
  boolean describing() {
    return describing;
  }

  void fault(Node where, String key, String fault, String example) {
    faults.add(new TargetFault(file, line(where), key, fault, example));
  }

  /** Notes that the file may hold this key. */
  void asked(TargetKey key) {
    keys.putIfAbsent(key.path(), key);
  }

  int count() {
    return faults.size();
  }

  /** By line. */
  List<TargetFault> faults() {
    return faults.stream().sorted(Comparator.comparingInt(TargetFault::line)).toList();
  }

  /** The keys in the order in which they were asked for first. */
  List<TargetKey> keys() {
    return List.copyOf(keys.values());
  }

  /** The line of a node, from 1; 0 if it is not known. */
  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
