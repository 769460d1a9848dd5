package dev.countersign.cli.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.requirement.RequirementId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * All places of this release that name a requirement.
 *
 * @param all sorted by id, the code before the tests
 */
public record Traces(List<Trace> all) {
  private static final String RESOURCE = "traces.tsv";
  private static final int COLUMNS = 4;

  /** Copies the list. */
  public Traces {
    all = List.copyOf(all);
  }

  /**
   * Those this release ships.
   *
   * @throws IllegalStateException if the shipped resource is missing or malformed, that is, if the
   *     build is broken
   */
  public static Traces load() {
    InputStream in = Traces.class.getResourceAsStream(RESOURCE);
    if (in == null) {
      throw new IllegalStateException("The resource " + RESOURCE + " is missing");
    }
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
      return new Traces(lines.lines().skip(1).map(Traces::trace).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + RESOURCE, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("The resource " + RESOURCE + " is malformed", e);
    }
  }

  private static Trace trace(String line) {
    List<String> cells = List.of(line.split("\t", -1));
    if (cells.size() != COLUMNS) {
      throw new IllegalArgumentException(cells.size() + " cells in: " + line);
    }
    return new Trace(
        RequirementId.of(cells.get(0)),
        Trace.How.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
        cells.get(2),
        cells.get(3));
  }

  /** The places that do this for the requirement. */
  public List<Trace> of(RequirementId id, Trace.How how) {
    return all.stream().filter(trace -> trace.id().equals(id) && trace.how() == how).toList();
  }

  /**
   * The requirements that a source file names.
   *
   * @param file a path that ends in {@code .java}, or the name of a class or package, with or
   *     without what stands before it
   */
  public List<RequirementId> in(String file) {
    String name = className(file);
    return all.stream().filter(trace -> trace.isIn(name)).map(Trace::id).distinct().toList();
  }

  private static String className(String file) {
    String path = file.replace('\\', '/');
    String inSources = path.replaceFirst("^.*src/(main|test)/java/", "");
    return inSources
        .replaceFirst("(/package-info)?\\.java$", "")
        .replaceFirst("^\\./", "")
        .replace('/', '.');
  }
}
