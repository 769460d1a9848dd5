package dev.countersign.it.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The attacker is not blind: it finds each mistake in a deployment that has one. */
class AttackMutantsTest {
  private static final AtOnce RUNNING = AtOnce.few();

  @TempDir private static Path folder;
  private static Workers workers;

  /** The JDK forbids old TLS by itself: there only what we say counts. */
  @BeforeAll
  static void hire() throws IOException {
    Path security = folder.resolve("java.security");
    Files.writeString(security, "jdk.tls.disabledAlgorithms=\n");
    workers = Workers.with("-Djava.security.properties=" + security);
  }

  @AfterAll
  static void stop() {
    RUNNING.close();
    workers.close();
  }

  @TestFactory
  List<DynamicTest> findsAMistakeOfEachKind() {
    return found(AttackMutants.few());
  }

  @Tag("full")
  @TestFactory
  List<DynamicTest> findsEveryMistake() {
    return found(AttackMutants.all());
  }

  private static List<DynamicTest> found(List<AttackMutant> mutants) {
    return mutants.stream()
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
    List<String> recipes = mutant.mistake().rules().stream().sorted().toList();
    Child child = workers.run(Module.named("demo"), RunAttack.class, recipes, classes);
    for (String recipe : mutant.mistake().rules()) {
      assertThat(child.lines())
          .as("what %s found; it said%n%s", recipe, String.join("\n", child.lines()))
          .anyMatch(line -> line.startsWith(RunAttack.VERDICT + recipe + " " + mutant.verdict()));
    }
  }
}
