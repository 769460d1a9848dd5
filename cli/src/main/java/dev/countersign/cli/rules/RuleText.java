package dev.countersign.cli.rules;

import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.Kind;
import dev.countersign.requirement.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Requirements as lines for people. */
public final class RuleText {
  private static final int WIDTH = 96;
  private static final String INDENT = "  ";

  private RuleText() {}

  /** Everything that is known of one. */
  public static List<String> whole(CatalogueEntry entry, Traces traces) {
    List<String> lines = new ArrayList<>();
    lines.add(entry.id() + "  " + entry.level() + "  " + bound(entry));
    lines.addAll(wrapped(entry.text()));
    lines.add("");
    lines.add("Source:");
    lines.addAll(wrapped(entry.document() + ", " + entry.source()));
    places(lines, "Enforced by:", traces.of(entry.id(), Trace.How.ENFORCES));
    places(lines, "Shown by:", traces.of(entry.id(), Trace.How.SHOWS));
    entry
        .planned()
        .ifPresent(
            part -> {
              lines.add("");
              lines.add("Not yet met: waits for " + part + ".");
            });
    return lines;
  }

  private static String bound(CatalogueEntry entry) {
    String roles = entry.roles().stream().map(Role::label).collect(Collectors.joining(", "));
    String kind = entry.kind() == Kind.RULE ? "" : entry.kind().label();
    return (kind.isEmpty() || roles.isEmpty()) ? roles + kind : roles + ", " + kind;
  }

  private static void places(List<String> lines, String heading, List<Trace> places) {
    lines.add("");
    lines.add(heading + (places.isEmpty() ? " nothing" : ""));
    places.forEach(place -> lines.add(INDENT + place));
  }

  /** One line for each. */
  public static List<String> list(List<CatalogueEntry> entries) {
    int ids = width(entries.stream().map(entry -> entry.id().value()).toList());
    int levels = width(entries.stream().map(entry -> entry.level().keyword().text()).toList());
    return entries.stream()
        .map(
            entry ->
                shortened(
                    padded(entry.id().value(), ids)
                        + padded(entry.level().keyword().text(), levels)
                        + entry.text()))
        .toList();
  }

  /** The documents, each with how many requirements it has and how their ids begin. */
  public static List<String> documents(List<CatalogueEntry> entries) {
    Map<String, List<CatalogueEntry>> documents =
        entries.stream()
            .collect(
                Collectors.groupingBy(
                    CatalogueEntry::document, LinkedHashMap::new, Collectors.toList()));
    int names = width(List.copyOf(documents.keySet()));
    List<String> lines = new ArrayList<>();
    documents.forEach(
        (document, rows) ->
            lines.add(padded(document, names) + "%4d  ".formatted(rows.size()) + prefixes(rows)));
    return lines;
  }

  private static String prefixes(List<CatalogueEntry> rows) {
    return rows.stream()
        .map(row -> row.id().value().split("-", 2)[0] + "-")
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static int width(List<String> cells) {
    return cells.stream().mapToInt(String::length).max().orElse(0) + 2;
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }

  private static String shortened(String line) {
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 3) + "...";
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : text.split(" ", -1)) {
      if (line.length() > INDENT.length() && line.length() + word.length() >= WIDTH) {
        lines.add(line.toString().stripTrailing());
        line.setLength(INDENT.length());
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
