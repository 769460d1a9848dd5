package dev.countersign.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The attacker is not blind: it finds each mistake in a deployment that has one. */
class AttackMutantsTest {
  /** Our choice: many times what the longest needs on a quiet machine. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final AtOnce RUNNING = AtOnce.few();

  @TempDir private static Path folder;

  @AfterAll
  static void stop() {
    RUNNING.close();
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.mutation.AttackMutants#few")
  void findsAMistakeOfEachKind(AttackMutant mutant) throws Exception {
    finds(mutant);
  }

  @Tag("full")
  @TestFactory
  List<DynamicTest> findsEveryMistake() {
    return AttackMutants.all().stream()
        .map(mutant -> RUNNING.test(mutant.toString(), () -> finds(mutant)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dev.countersign.it.mutation.AttackMutants#all")
  void theTextToBreakStandsOnceInItsClass(AttackMutant mutant) throws IOException {
    String source =
        Files.readString(Module.source(mutant.mistake().module(), mutant.mistake().className()));
    assertThat(mutant.mistake().places(source)).as(mutant.mistake().right()).isOne();
    assertThat(mutant.mistake().wrong()).isNotEqualTo(mutant.mistake().right());
  }

  private static void finds(AttackMutant mutant) throws Exception {
    Path classes = Files.createTempDirectory(folder, "mutant");
    MutantCompiler.compile(mutant.mistake(), classes);
    Child child = Child.run(command(classes, mutant), Module.ROOT.resolve("it"), LONGEST, _ -> {});
    for (String recipe : mutant.mistake().rules()) {
      assertThat(child.lines())
          .as("what %s found; it said%n%s", recipe, String.join("\n", child.lines()))
          .anyMatch(line -> line.startsWith(RunAttack.VERDICT + recipe + " " + mutant.verdict()));
    }
  }

  /** The JDK forbids old TLS by itself: there only what we say counts. */
  private static List<String> command(Path classes, AttackMutant mutant) throws IOException {
    Path security = classes.resolve("java.security");
    Files.writeString(security, "jdk.tls.disabledAlgorithms=\n");
    List<String> command =
        TestRun.java(Module.named("demo").classPathAfter(classes), RunAttack.class.getName());
    command.addFirst("-Djava.security.properties=" + security);
    mutant.mistake().rules().stream().sorted().forEach(command::add);
    return command;
  }
}
