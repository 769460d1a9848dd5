package dev.countersign.it.mutation;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module of the repository as it was built.
 *
 * @param name its folder
 * @param main its compiled code
 * @param test its compiled tests
 */
record Module(String name, Path main, Path test) {
  static final Path ROOT =
      Path.of(
          Objects.requireNonNull(
              System.getProperty("countersign.root"),
              "the system property countersign.root names the root of the repository"));

  /** Finds what this JVM runs on: the folder, or the jar beside it. */
  static Module named(String name) {
    Path target = ROOT.resolve(name).resolve("target");
    Path entry =
        classPath()
            .filter(path -> path.startsWith(target))
            .findFirst()
            .orElseThrow(() -> new AssertionError(name + " is not on the class path"));
    Path main = Files.isDirectory(entry) ? entry : target.resolve("classes");
    Path test = main.resolveSibling(main.endsWith("classes") ? "test-classes" : "test");
    return new Module(name, main, test);
  }

  /** The source of a class of this module. */
  Path source(String className) {
    return source(name, className);
  }

  /** The source of a class of a module, which need not be built. */
  static Path source(String module, String className) {
    return ROOT.resolve(module)
        .resolve("src/main/java")
        .resolve(className.replace('.', '/') + ".java");
  }

  /** What is not ours of what this JVM runs on. */
  static String librariesClassPath() {
    return classPath()
        .filter(path -> !isOurs(path))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isOurs(Path entry) {
    return entry.startsWith(ROOT)
        && entry.startsWith(ROOT.resolve(ROOT.relativize(entry).getName(0)).resolve("target"));
  }

  /** What is ours of what the module's tests run on, these folders first. */
  String ownClassPathAfter(Path... first) {
    return Arrays.stream(classPathAfter(first).split(File.pathSeparator))
        .filter(entry -> List.of(first).contains(Path.of(entry)) || isOurs(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the module's tests run on, these folders first. */
  String classPathAfter(Path... first) {
    List<Path> own = Stream.concat(Stream.of(first), Stream.of(test, main)).toList();
    Path tests = ROOT.resolve("it").resolve("target");
    return Stream.concat(
            own.stream(),
            classPath()
                .filter(path -> !path.startsWith(tests))
                .filter(path -> !path.startsWith(ROOT.resolve(name).resolve("target"))))
        .map(Path::toString)
        .distinct()
        .reduce((one, other) -> one + File.pathSeparator + other)
        .orElseThrow();
  }

  private static Stream<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath());
  }
}
