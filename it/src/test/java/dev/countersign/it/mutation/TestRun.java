package dev.countersign.it.mutation;

import dev.countersign.it.process.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs tests of a module apart from this JVM. */
final class TestRun {
  private TestRun() {}

  /**
   * Runs them; what failed stands behind {@link RunTests#FAILED}.
   *
   * @param workers who take it
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
    return workers.run(module, RunTests.class, args, broken);
  }
}
