package dev.countersign.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each seeded mutant dies by a test that names a rule that it breaks. With the system property
 * {@code countersign.mutants} only those of the rules that it names, separated by commas.
 */
@Tag("full")
class SeededMutantsTest {
  /** Our choice: many times what the slowest needs on a quiet machine. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Each has a JVM of its own, which keeps a core busy. */
  private static final int AT_ONCE = 2;

  private static final ExecutorService RUNNING = Executors.newFixedThreadPool(AT_ONCE);

  @TempDir private static Path folder;

  @AfterAll
  static void stop() {
    RUNNING.shutdownNow();
  }

  @TestFactory
  List<DynamicTest> dieByTheTestsOfTheirRules() {
    RulePlaces places = RulePlaces.read();
    List<String> asked = List.of(System.getProperty("countersign.mutants", "all").split(","));
    return SeededMutants.all().stream()
        .filter(
            mutant -> asked.contains("all") || asked.stream().anyMatch(mutant.rules()::contains))
        .map(mutant -> test(mutant, places))
        .toList();
  }

  private static DynamicTest test(SeededMutant mutant, RulePlaces places) {
    Future<?> running =
        RUNNING.submit(
            () -> {
              dies(mutant, places);
              return mutant;
            });
    return DynamicTest.dynamicTest(
        mutant.toString(),
        () -> {
          try {
            running.get();
          } catch (ExecutionException e) {
            throw e.getCause();
          }
        });
  }

  private static void dies(SeededMutant mutant, RulePlaces places) throws Exception {
    Set<String> tests =
        mutant.rules().stream()
            .flatMap(rule -> places.showing(rule, mutant.tests()).stream())
            .collect(Collectors.toSet());
    assertThat(tests).as("tests of %s that name %s", mutant.tests(), mutant.rules()).isNotEmpty();
    Module broken = Module.named(mutant.module());
    boolean contract = mutant.tests().equals(StoreMutants.CONTRACT);
    Module judging = contract ? broken : Module.named(mutant.tests());
    Path classes = Files.createTempDirectory(folder, "mutant");
    compile(mutant, broken, classes);
    List<String> command = new ArrayList<>();
    command.add("-ea");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dcountersign.root=" + Module.ROOT);
    command.add("-Dlogback.configurationFile=" + Module.ROOT.resolve(".ci/logback-test.xml"));
    command.add("-cp");
    command.add(judging.classPathAfter(classes) + ":" + Module.named("it").test());
    command.add(RunTests.class.getName());
    if (contract) {
      command.add(StoreMutants.RUNNER);
    }
    tests.forEach(test -> command.add(test.contains("#") ? test : test + "#"));
    Child child = Child.run(command, Module.ROOT.resolve(judging.name()), LONGEST, line -> {});
    assertThat(child.lines())
        .as("a test of %s fails; it said%n%s", tests, String.join("\n", child.lines()))
        .anyMatch(line -> line.startsWith(RunTests.FAILED));
    assertThat(child.exit()).isZero();
  }

  /** Compiles the broken class alone against all that is right. */
  private static void compile(SeededMutant mutant, Module module, Path out) throws IOException {
    Path source = module.source(mutant.className());
    String text = Files.readString(source);
    assertThat(mutant.places(text)).as("%s stands once in %s", mutant.right(), source).isOne();
    Path broken = Files.createDirectories(out.resolve("source")).resolve(source.getFileName());
    Files.writeString(broken, mutant.breaking(text));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-proc:none", "-nowarn", "-d", out.toString(), "-cp", module.classPathAfter());
      assertThat(
              compiler
                  .getTask(said, files, null, options, null, files.getJavaFileObjects(broken))
                  .call())
          .as("the mutant compiles: %s", said)
          .isTrue();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
