package dev.countersign.it.traceability;

import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import dev.countersign.requirement.Role;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes {@code docs/requirements.md}: every requirement and what became of it. */
record RequirementsPage(Catalogue catalogue, Traces traces, String command) {

  /** The whole page, lines ending in LF. */
  String text() {
    Map<String, List<CatalogueEntry>> documents =
        catalogue.entries().stream()
            .collect(
                Collectors.groupingBy(
                    CatalogueEntry::document, LinkedHashMap::new, Collectors.toList()));
    StringBuilder page = new StringBuilder(introduction());
    page.append("| Document | Rows | To meet | Met | Planned |\n|---|---|---|---|---|\n");
    documents.forEach((document, entries) -> page.append(summary(document, entries)));
    documents.forEach((document, entries) -> page.append(table(document, entries)));
    return page.toString();
  }

  private String introduction() {
    return """
    # Requirements

    Every requirement Countersign is built against, in our own words, with the code that enforces \
    it and the tests that show it. A MUST or MUST NOT of the parts we build is enforced and shown, \
    or it is planned: then the last column says what it waits for. Test vectors and attacks need \
    a test only; facts, notes and duties of others need nothing.

    Written by the build from the catalogue and from the annotations `@Enforces` and \
    `@Requirement` in the sources. After a change to either: `%s`

    """
        .formatted(command);
  }

  private String summary(String document, List<CatalogueEntry> entries) {
    List<CatalogueEntry> due =
        entries.stream().filter(entry -> Duty.of(entry) != Duty.NOTHING).toList();
    long met =
        due.stream().filter(entry -> Duty.of(entry).missing(entry.id(), traces).isEmpty()).count();
    long planned = due.stream().filter(entry -> entry.planned().isPresent()).count();
    return row(document, "" + entries.size(), "" + due.size(), "" + met, "" + planned);
  }

  private String table(String document, List<CatalogueEntry> entries) {
    return "\n## "
        + document
        + "\n\n| ID | Level | Role | Requirement | Enforced by | Shown by | Planned |\n"
        + "|---|---|---|---|---|---|---|\n"
        + entries.stream().map(this::row).collect(Collectors.joining());
  }

  private String row(CatalogueEntry entry) {
    RequirementId id = entry.id();
    return row(
        id.value(),
        entry.level().toString(),
        entry.roles().stream().map(Role::label).collect(Collectors.joining(", ")),
        escaped(entry.text()),
        classNames(traces.enforcing(id)),
        classNames(traces.showing(id)),
        entry.planned().orElse(""));
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String classNames(Collection<Path> files) {
    return files.stream()
        .map(RequirementsPage::className)
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** The class, or of a {@code package-info.java} the package's last name. */
  private static String className(Path file) {
    String name = file.getFileName().toString().replace(".java", "");
    return name.equals("package-info")
        ? "package " + file.getParent().getFileName()
        : escaped(name);
  }

  /** Plain text, so that Markdown shows it as it is. */
  private static String escaped(String text) {
    return text.replaceAll("[\\\\|*`\\[\\]]", "\\\\$0")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        // Between letters an underscore means nothing to Markdown.
        .replaceAll("(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", "\\\\_");
  }
}
