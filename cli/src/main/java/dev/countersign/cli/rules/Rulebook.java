package dev.countersign.cli.rules;

import dev.countersign.requirement.Catalogue;
import dev.countersign.requirement.CatalogueEntry;
import dev.countersign.requirement.RequirementId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The catalogue with the places that name its requirements.
 *
 * @param catalogue all requirements
 * @param traces all places
 */
public record Rulebook(Catalogue catalogue, Traces traces) {
  private static final int SUGGESTIONS = 5;

  /** What this release ships. */
  public static Rulebook load() {
    return new Rulebook(Catalogue.load(), Traces.load());
  }

  /** The requirement with exactly this id, in whatever case it is written. */
  public Optional<CatalogueEntry> find(String id) {
    return catalogue.entries().stream()
        .filter(entry -> entry.id().value().equalsIgnoreCase(id))
        .findFirst();
  }

  /**
   * The requirements whose id begins so, up to the end of one of its parts: {@code SP-5.3} takes
   * {@code SP-5.3.2.1-8}, not {@code SP-5.31}.
   */
  public List<CatalogueEntry> below(String prefix) {
    String wanted = prefix.toLowerCase(Locale.ROOT).replaceFirst("[.-]$", "");
    return catalogue.entries().stream()
        .filter(entry -> isBelow(entry.id().value().toLowerCase(Locale.ROOT), wanted))
        .toList();
  }

  private static boolean isBelow(String id, String prefix) {
    return id.startsWith(prefix)
        && (id.length() == prefix.length() || ".-".indexOf(id.charAt(prefix.length())) >= 0);
  }

  /** The requirements that a source file, class or package names. */
  public List<CatalogueEntry> in(String file) {
    Set<RequirementId> ids = Set.copyOf(traces.in(file));
    return catalogue.entries().stream().filter(entry -> ids.contains(entry.id())).toList();
  }

  /** The requirements with all these words in id, text, source or document, in whatever case. */
  public List<CatalogueEntry> with(String words) {
    List<String> wanted =
        Arrays.stream(words.toLowerCase(Locale.ROOT).strip().split("\\s+")).toList();
    return catalogue.entries().stream()
        .filter(entry -> wanted.stream().allMatch(text(entry)::contains))
        .toList();
  }

  private static String text(CatalogueEntry entry) {
    return String.join("\n", entry.id().value(), entry.document(), entry.text(), entry.source())
        .toLowerCase(Locale.ROOT);
  }

  /** The ids that are most like the text, the nearest first. */
  public List<RequirementId> nearest(String text) {
    String wanted = text.toUpperCase(Locale.ROOT);
    Stream<RequirementId> ids = catalogue.entries().stream().map(CatalogueEntry::id);
    return ids.sorted(
            Comparator.comparingInt(
                id -> Distance.between(wanted, id.value().toUpperCase(Locale.ROOT))))
        .limit(SUGGESTIONS)
        .toList();
  }
}
