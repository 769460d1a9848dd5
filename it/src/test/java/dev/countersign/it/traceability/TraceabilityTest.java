package dev.countersign.it.traceability;

import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.CatalogueEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Every mandatory requirement is enforced and shown, or planned, and the planned list only shrinks.
 *
 * <p>With the system property {@code countersign.update=true} it first takes out of the planned
 * list what is met and writes {@code docs/requirements.md}, and the index that the program ships,
 * anew. It reads the catalogue from the sources, so that it sees what it has just written.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TraceabilityTest {

  private static final String UPDATE =
      "mvn -q -pl it -am test -Dtest=TraceabilityTest -Dcountersign.update=true";

  private final PlannedList planned;
  private final Path page;
  private final Path index;
  private final Traces traces;
  private final Catalogue catalogue;

  TraceabilityTest() throws IOException {
    Path root =
        Path.of(
            Objects.requireNonNull(
                System.getProperty("countersign.root"),
                "the system property countersign.root names the root of the repository"));
    Path resources = root.resolve("requirements/src/main/resources/dev/countersign/requirement");
    planned = new PlannedList(resources.resolve("planned.tsv"), resources.resolve("planned.max"));
    page = root.resolve("docs/requirements.md");
    index = root.resolve("cli/src/main/resources/dev/countersign/cli/rules/traces.tsv");
    traces = Traces.of(root);
    List<String> requirements = Files.readAllLines(resources.resolve("requirements.tsv"));
    if (Boolean.getBoolean("countersign.update")) {
      // Without the planned list, which may be in need of mending.
      Catalogue all = Catalogue.parse(requirements, planned.lines().subList(0, 1));
      planned.shrink(id -> all.find(id).filter(this::isOpen).isPresent());
      catalogue = Catalogue.parse(requirements, planned.lines());
      Files.createDirectories(page.getParent());
      Files.writeString(page, pageText());
      Files.writeString(index, traces.index().text());
    } else {
      catalogue = parsed(requirements, planned.lines());
    }
  }

  private static Catalogue parsed(List<String> requirements, List<String> planned) {
    try {
      return Catalogue.parse(requirements, planned);
    } catch (IllegalArgumentException e) {
      throw new AssertionError("The catalogue is malformed; after a merge run " + UPDATE, e);
    }
  }

  @Test
  void everyMandatoryRequirementIsEnforcedAndShownOrPlanned() {
    List<String> open =
        catalogue.entries().stream()
            .filter(entry -> isOpen(entry) && entry.planned().isEmpty())
            .map(entry -> entry.id() + " lacks " + missing(entry) + ": " + shortened(entry.text()))
            .toList();
    failIfAny(open, "Neither met nor planned:");
  }

  @Test
  void everyAnnotationNamesARequirement() {
    List<String> unknown = new ArrayList<>(unknownIds(traces.enforcing()));
    unknown.addAll(unknownIds(traces.showing()));
    failIfAny(unknown, "The catalogue has no requirement with the id:");
  }

  @Test
  void noPlannedRequirementIsAlreadyMet() {
    List<String> met =
        catalogue.entries().stream()
            .filter(entry -> entry.planned().isPresent() && !isOpen(entry))
            .map(entry -> entry.id() + ", planned with " + entry.planned().orElseThrow())
            .toList();
    failIfAny(met, "Met, or in no need of code or test, so no longer planned; run " + UPDATE + ":");
  }

  @Test
  void thePlannedListOnlyShrinks() throws IOException {
    if (planned.size() > planned.max()) {
      throw new AssertionError(
          "%d requirements are planned, only %d may be: what was met once does not go back there"
              .formatted(planned.size(), planned.max()));
    }
  }

  @Test
  void thePageOfRequirementsIsUpToDate() throws IOException {
    if (!Files.exists(page) || !Files.readString(page).equals(pageText())) {
      throw new AssertionError("docs/requirements.md is not up to date; run " + UPDATE);
    }
  }

  @Test
  void theIndexThatTheProgramShipsIsUpToDate() throws IOException {
    if (!Files.exists(index) || !Files.readString(index).equals(traces.index().text())) {
      throw new AssertionError(index.getFileName() + " is not up to date; run " + UPDATE);
    }
  }

  private boolean isOpen(CatalogueEntry entry) {
    return !missing(entry).isEmpty();
  }

  private List<String> missing(CatalogueEntry entry) {
    return Duty.of(entry).missing(entry.id(), traces);
  }

  private String pageText() {
    return new RequirementsPage(catalogue, traces, UPDATE).text();
  }

  private List<String> unknownIds(SortedMap<String, SortedSet<Path>> named) {
    return named.entrySet().stream()
        .filter(use -> !isKnown(use.getKey()))
        .map(use -> use.getKey() + " in " + use.getValue())
        .toList();
  }

  private boolean isKnown(String id) {
    return catalogue.entries().stream().anyMatch(entry -> entry.id().value().equals(id));
  }

  private static String shortened(String text) {
    return text.length() <= 90 ? text : text.substring(0, 90) + "...";
  }

  private static void failIfAny(List<String> findings, String heading) {
    if (!findings.isEmpty()) {
      throw new AssertionError(heading + "\n  " + String.join("\n  ", findings));
    }
  }
}
