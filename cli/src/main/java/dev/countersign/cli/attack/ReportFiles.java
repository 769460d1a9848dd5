package dev.countersign.cli.attack;

import dev.countersign.attacker.report.Findings;
import dev.countersign.attacker.report.HtmlReport;
import dev.countersign.attacker.report.JsonReport;
import dev.countersign.attacker.report.JunitReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a run is told in. Each is complete or is what it was before.
 *
 * @param html a page for people
 * @param junit JUnit XML for build servers
 * @param json JSON for programs
 */
public record ReportFiles(Optional<Path> html, Optional<Path> junit, Optional<Path> json) {
  private static final Logger LOG = LoggerFactory.getLogger(ReportFiles.class);

  /** A report and where it goes. */
  private record One(Path file, Function<Findings, String> report) {}

  /** What keeps a file from being written, before anything is attacked; empty if nothing does. */
  public Optional<String> fault() {
    Set<Path> taken = new HashSet<>();
    for (Path file : files()) {
      Path whole = file.toAbsolutePath().normalize();
      if (!taken.add(whole)) {
        return Optional.of("Two reports are to go to " + file + ".");
      }
      if (Files.isDirectory(whole)) {
        return Optional.of(file + " is a folder, where a report should go.");
      }
      if (!Files.isWritable(folder(whole))) {
        return Optional.of("The folder of " + file + " is not there, or cannot be written.");
      }
    }
    return Optional.empty();
  }

  /** Where they go. */
  public List<Path> files() {
    return all().stream().map(One::file).toList();
  }

  /**
   * Writes them all, over what was there.
   *
   * @throws IOException if one cannot be written; the others are all the same
   */
  public void write(Findings findings) throws IOException {
    Optional<IOException> fault = Optional.empty();
    for (One one : all()) {
      try {
        write(one.file().toAbsolutePath(), one.report().apply(findings));
      } catch (IOException e) {
        LOG.warn("a report cannot be written", e);
        fault = Optional.of(new IOException("The report " + one.file() + " cannot be written.", e));
      }
    }
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  private List<One> all() {
    return Stream.of(
            html.map(file -> new One(file, HtmlReport::of)),
            junit.map(file -> new One(file, JunitReport::of)),
            json.map(file -> new One(file, JsonReport::of)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static void write(Path file, String text) throws IOException {
    // Not a temporary file of Java's, which nobody else may read: a build server has to.
    Path fresh =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Path folder(Path file) {
    return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
  }
}
