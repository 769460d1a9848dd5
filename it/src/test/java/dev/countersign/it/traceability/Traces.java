package dev.countersign.it.traceability;

import dev.countersign.requirement.RequirementId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which source files name which requirement.
 *
 * <p>Read from the text, so that it also works for a module that does not compile here, and so that
 * an id is always a literal one can search for.
 *
 * @param enforcing the files with {@code @Enforces}, by id as written
 * @param showing the files with {@code @Requirement}, by id as written
 * @param index every one of these uses with its place, as the program ships it
 */
record Traces(
    SortedMap<String, SortedSet<Path>> enforcing,
    SortedMap<String, SortedSet<Path>> showing,
    TraceIndex index) {

  /** The main code of this module is tests that others run: the contract of a store. */
  private static final String CONTRACT_TESTS = "store-contract";

  /** Reads the sources of all modules of the repository; paths are relative to its root. */
  static Traces of(Path root) throws IOException {
    List<SourceUses.Use> uses = SourceUses.in(root, javaFiles(root));
    List<SourceUses.Use> enforcing = those(uses, "Enforces", Traces::isMain);
    List<SourceUses.Use> showing = those(uses, "Requirement", Traces::isTest);
    return new Traces(files(enforcing), files(showing), new TraceIndex(enforcing, showing));
  }

  /** The files that enforce the requirement. */
  SortedSet<Path> enforcing(RequirementId id) {
    return enforcing.getOrDefault(id.value(), new TreeSet<>());
  }

  /** The files that show the requirement. */
  SortedSet<Path> showing(RequirementId id) {
    return showing.getOrDefault(id.value(), new TreeSet<>());
  }

  private static boolean isMain(Path file) {
    return isIn("main", file) && !file.startsWith(CONTRACT_TESTS);
  }

  private static boolean isTest(Path file) {
    return isIn("test", file) || (isIn("main", file) && file.startsWith(CONTRACT_TESTS));
  }

  /** Whether the file is {@code module/src/<set>/java/...}. */
  private static boolean isIn(String set, Path file) {
    return file.getNameCount() > 4 && file.subpath(1, 4).equals(Path.of("src", set, "java"));
  }

  private static List<SourceUses.Use> those(
      List<SourceUses.Use> uses, String annotation, Predicate<Path> where) {
    return uses.stream()
        .filter(use -> use.annotation().equals(annotation) && where.test(use.file()))
        .toList();
  }

  private static SortedMap<String, SortedSet<Path>> files(List<SourceUses.Use> uses) {
    SortedMap<String, SortedSet<Path>> files = new TreeMap<>();
    for (SourceUses.Use use : uses) {
      files.computeIfAbsent(use.id(), _ -> new TreeSet<>()).add(use.file());
    }
    return files;
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path sources : modules.map(module -> module.resolve("src")).toList()) {
        if (Files.isDirectory(sources)) {
          try (Stream<Path> all = Files.walk(sources)) {
            all.filter(file -> file.toString().endsWith(".java"))
                .map(root::relativize)
                .forEach(files::add);
          }
        }
      }
    }
    return files;
  }
}
