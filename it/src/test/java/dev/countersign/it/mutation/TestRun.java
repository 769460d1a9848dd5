package dev.countersign.it.mutation;

import dev.countersign.it.process.Child;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs tests of a module in a JVM of their own. */
final class TestRun {
  /** Our choice: many times what the longest needs on a quiet machine. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private TestRun() {}

  /**
   * Runs them; what failed stands behind {@link RunTests#FAILED}.
   *
   * @param name the module whose tests they are
   * @param tests {@code class#method}, or a class for all that is in it
   * @param broken folders of classes that take the place of those that were built
   */
  static Child of(String name, Set<String> tests, Path... broken)
      throws IOException, InterruptedException {
    boolean contract = name.equals(StoreMutants.CONTRACT);
    Module module = Module.named(contract ? StoreMutants.KEEPER : name);
    List<String> command = java(module.classPathAfter(broken), RunTests.class.getName());
    if (contract) {
      command.add(StoreMutants.RUNNER);
    }
    tests.forEach(test -> command.add(test.contains("#") ? test : test + "#"));
    return Child.run(command, Module.ROOT.resolve(module.name()), LONGEST, line -> {});
  }

  /** What starts a class of this package on a class path, to be followed by its arguments. */
  static List<String> java(String classPath, String main) {
    return new ArrayList<>(
        List.of(
            "-ea",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-Dcountersign.root=" + Module.ROOT,
            "-Dlogback.configurationFile=" + Module.ROOT.resolve(".ci/logback-test.xml"),
            "-cp",
            classPath + File.pathSeparator + ownClasses(),
            main));
  }

  /** Where this package was compiled to. */
  private static Path ownClasses() {
    return Path.of(
        URI.create(RunTests.class.getProtectionDomain().getCodeSource().getLocation().toString()));
  }
}
