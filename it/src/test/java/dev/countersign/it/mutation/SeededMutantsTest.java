package dev.countersign.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.process.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each seeded mutant dies by a test that names a rule that it breaks. With the system property
 * {@code countersign.mutants} only those of the rules that it names, separated by commas.
 */
@Tag("full")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeededMutantsTest {
  private static final RulePlaces PLACES = RulePlaces.read();

  private static final AtOnce RUNNING = AtOnce.few();

  private static final Workers WORKERS = Workers.with();

  @TempDir private static Path folder;

  @AfterAll
  static void stop() {
    RUNNING.close();
    WORKERS.close();
  }

  @Order(1)
  @TestFactory
  List<DynamicTest> dieByTheTestsOfTheirRules() {
    return asked().map(mutant -> RUNNING.test(mutant.toString(), () -> dies(mutant))).toList();
  }

  /**
   * Otherwise what fails there would prove nothing. The workers are those that have taken the
   * mutants before, so that what a mutant left behind would be noticed.
   */
  @Order(2)
  @TestFactory
  List<DynamicTest> theSameTestsPassWhereNothingIsBroken() {
    Map<String, Set<String>> tests = new TreeMap<>();
    asked()
        .forEach(
            mutant ->
                tests
                    .computeIfAbsent(mutant.tests(), _ -> new TreeSet<>())
                    .addAll(testsFor(mutant)));
    return tests.entrySet().stream()
        .map(of -> RUNNING.test(of.getKey(), () -> pass(of.getKey(), of.getValue())))
        .toList();
  }

  private static Stream<SeededMutant> asked() {
    return SeededMutants.all().stream().filter(SeededMutant::isAsked);
  }

  private static void pass(String module, Set<String> tests) throws Exception {
    Child child = TestRun.of(WORKERS, module, tests);
    assertThat(child.lines()).noneMatch(line -> line.startsWith(RunTests.FAILED));
    assertThat(child.exit()).isZero();
  }

  private static Set<String> testsFor(SeededMutant mutant) {
    return mutant.rules().stream()
        .flatMap(rule -> PLACES.showing(rule, mutant.tests()).stream())
        .collect(Collectors.toSet());
  }

  private static void dies(SeededMutant mutant) throws Exception {
    Set<String> tests = testsFor(mutant);
    assertThat(tests).as("tests of %s that name %s", mutant.tests(), mutant.rules()).isNotEmpty();
    Path classes = Files.createTempDirectory(folder, "mutant");
    MutantCompiler.compile(mutant, classes);
    Child child = TestRun.of(WORKERS, mutant.tests(), tests, classes);
    assertThat(child.lines())
        .as("a test of %s fails; it said%n%s", tests, String.join("\n", child.lines()))
        .anyMatch(line -> line.startsWith(RunTests.FAILED));
    assertThat(child.exit()).isZero();
  }
}
