package dev.countersign.it.mutation;

import dev.countersign.it.process.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs tests of a module apart from this JVM. */
final class TestRun {
  /**
   * Their tests and mutants set properties that the TLS of the JDK reads once in the life of a JVM,
   * so that each run has one of its own.
   */
  private static final Set<String> ALONE = Set.of("edge", "remote");

  private TestRun() {}

  /**
   * Runs them; what failed stands behind {@link RunTests#FAILED}.
   *
   * @param workers who take it, if it may share a JVM with others
   * @param name the module whose tests they are
   * @param tests {@code class#method}, or a class for all that is in it
   * @param broken folders of classes that take the place of those that were built
   */
  static Child of(Workers workers, String name, Set<String> tests, Path... broken)
      throws IOException, InterruptedException {
    boolean contract = name.equals(StoreMutants.CONTRACT);
    Module module = Module.named(contract ? StoreMutants.KEEPER : name);
    List<String> args = new ArrayList<>();
    if (contract) {
      args.add(StoreMutants.RUNNER);
    }
    tests.forEach(test -> args.add(test.contains("#") ? test : test + "#"));
    if (ALONE.contains(name)) {
      try (Workers own = Workers.with()) {
        return own.run(module, RunTests.class, args, broken);
      }
    }
    return workers.run(module, RunTests.class, args, broken);
  }
}
