package dev.countersign.requirement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All requirements Countersign is built against, in the order of their documents. Immutable, so any
 * number of threads may use one.
 */
public final class Catalogue {

  private static final String REQUIREMENTS = "requirements.tsv";
  private static final String PLANNED = "planned.tsv";
  private static final List<String> REQUIREMENTS_COLUMNS =
      List.of("id", "document", "roles", "level", "kind", "text", "source");
  private static final List<String> PLANNED_COLUMNS = List.of("id", "waits for");

  private final Map<RequirementId, CatalogueEntry> entries;

  private Catalogue(Map<RequirementId, CatalogueEntry> entries) {
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * The catalogue this release ships.
   *
   * @throws IllegalStateException if the shipped resource is malformed, that is, if the build is
   *     broken
   */
  public static Catalogue load() {
    try {
      return parse(lines(REQUIREMENTS), lines(PLANNED));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("The catalogue of requirements is malformed", e);
    }
  }

  /**
   * The catalogue written in these lines, for tools that read the sources of the catalogue instead
   * of the shipped one.
   *
   * @param requirements the header and one line for each requirement, cells separated by tabs
   * @param planned the header and one line for each requirement that waits for a part of the
   *     product
   * @throws IllegalArgumentException if a line is malformed, an id stands twice, or a planned id is
   *     no requirement; the message names resource, line and fault
   */
  public static Catalogue parse(List<String> requirements, List<String> planned) {
    Map<RequirementId, String> waiting = new LinkedHashMap<>();
    for (Table.Row row : Table.of(PLANNED, PLANNED_COLUMNS, planned).rows()) {
      putOnce(waiting, id(row), row.cell(1), row);
    }
    Map<RequirementId, CatalogueEntry> entries = new LinkedHashMap<>();
    for (Table.Row row : Table.of(REQUIREMENTS, REQUIREMENTS_COLUMNS, requirements).rows()) {
      RequirementId id = id(row);
      putOnce(entries, id, entry(row, id, Optional.ofNullable(waiting.remove(id))), row);
    }
    if (!waiting.isEmpty()) {
      throw new IllegalArgumentException(
          PLANNED + ": no requirement has the id " + waiting.keySet().iterator().next());
    }
    return new Catalogue(entries);
  }

  /** The requirement with this id; empty if the catalogue has none. */
  public Optional<CatalogueEntry> find(RequirementId id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** All requirements, document after document. */
  public List<CatalogueEntry> entries() {
    return List.copyOf(entries.values());
  }

  private static RequirementId id(Table.Row row) {
    try {
      return RequirementId.of(row.cell(0));
    } catch (IllegalArgumentException e) {
      throw row.fault(e);
    }
  }

  private static CatalogueEntry entry(Table.Row row, RequirementId id, Optional<String> planned) {
    try {
      return new CatalogueEntry(
          id,
          row.cell(1),
          roles(row.cell(2)),
          Level.of(row.cell(3)),
          Kind.of(row.cell(4)),
          row.cell(5),
          row.cell(6),
          planned);
    } catch (IllegalArgumentException e) {
      throw row.fault(e);
    }
  }

  private static List<Role> roles(String cell) {
    return cell.isEmpty() ? List.of() : Arrays.stream(cell.split(", ", -1)).map(Role::of).toList();
  }

  private static <V> void putOnce(
      Map<RequirementId, V> map, RequirementId id, V value, Table.Row row) {
    if (map.putIfAbsent(id, value) != null) {
      throw row.fault("the id " + id + " stands twice");
    }
  }

  private static List<String> lines(String resource) {
    InputStream in = Catalogue.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("The resource " + resource + " is missing");
    }
    try (in) {
      // A decoder, because String's own would replace what is not UTF-8.
      ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + resource, e);
    }
  }
}
