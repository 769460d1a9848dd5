package dev.countersign.it.traceability;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What {@code countersign rules} knows of sources and tests, which are not in the download: a table
 * of tab-separated text with one line for each id and place, sorted.
 *
 * @param enforcing the uses of {@code @Enforces}
 * @param showing the uses of {@code @Requirement}
 */
record TraceIndex(List<SourceUses.Use> enforcing, List<SourceUses.Use> showing) {

  /** Nothing is enforced or shown. */
  static final TraceIndex EMPTY = new TraceIndex(List.of(), List.of());

  private static final String HEADER = "id\thow\tmodule\tplace";

  TraceIndex {
    enforcing = List.copyOf(enforcing);
    showing = List.copyOf(showing);
  }

  /** The whole resource, lines ending in LF. */
  String text() {
    SortedSet<String> lines = new TreeSet<>();
    enforcing.forEach(use -> lines.add(line(use, "enforces")));
    showing.forEach(use -> lines.add(line(use, "shows")));
    List<String> all = new ArrayList<>(lines);
    all.addFirst(HEADER);
    return String.join("\n", all) + "\n";
  }

  private static String line(SourceUses.Use use, String how) {
    return String.join("\t", use.id(), how, use.file().getName(0).toString(), use.place());
  }
}
