package dev.countersign.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The attacker is not blind: it finds each mistake in a deployment that has one. */
class AttackMutantsTest {
  /** Our choice: many times what the longest needs on a quiet machine. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  @TempDir private static Path folder;

  @ParameterizedTest
  @MethodSource("dev.countersign.it.mutation.AttackMutants#few")
  void findsAMistakeOfEachKind(SeededMutant mutant) throws Exception {
    finds(mutant);
  }

  @Tag("full")
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("dev.countersign.it.mutation.AttackMutants#all")
  void findsEveryMistake(SeededMutant mutant) throws Exception {
    finds(mutant);
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.mutation.AttackMutants#all")
  void theTextToBreakStandsOnceInItsClass(SeededMutant mutant) throws IOException {
    String source = Files.readString(Module.source(mutant.module(), mutant.className()));
    assertThat(mutant.places(source)).as(mutant.right()).isOne();
    assertThat(mutant.wrong()).isNotEqualTo(mutant.right());
  }

  private static void finds(SeededMutant mutant) throws Exception {
    Path classes = Files.createTempDirectory(folder, "mutant");
    MutantCompiler.compile(mutant, classes);
    Child child = Child.run(command(classes, mutant), Module.ROOT.resolve("it"), LONGEST, _ -> {});
    for (String recipe : mutant.rules()) {
      assertThat(child.lines())
          .as("what %s found; it said%n%s", recipe, String.join("\n", child.lines()))
          .anyMatch(line -> line.startsWith(RunAttack.VERDICT + recipe + " VULNERABLE"));
    }
  }

  private static List<String> command(Path classes, SeededMutant mutant) {
    List<String> command =
        TestRun.java(Module.named("demo").classPathAfter(classes), RunAttack.class.getName());
    mutant.rules().stream().sorted().forEach(command::add);
    return command;
  }
}
