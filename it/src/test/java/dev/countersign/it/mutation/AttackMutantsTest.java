package dev.countersign.it.mutation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.Recipes;
import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Recipe;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.it.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The attacker is not blind: it finds each mistake in a deployment that has one. With the system
 * property {@code countersign.mutants} only those of the recipes that it names, separated by
 * commas.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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

  @Order(1)
  @TestFactory
  List<DynamicTest> findsAMistakeOfEachKind() {
    return found(AttackMutants.few());
  }

  @Order(2)
  @Tag("full")
  @TestFactory
  List<DynamicTest> findsEveryMistake() {
    return found(asked().toList());
  }

  /**
   * Otherwise what is found there would prove nothing. The workers are those that have taken the
   * mutants before, so that what a mutant left behind would be noticed.
   */
  @Order(3)
  @Tag("full")
  @TestFactory
  List<DynamicTest> theSameRecipesFindNoMistakeWhereThereIsNone() {
    return asked()
        .flatMap(mutant -> mutant.mistake().rules().stream())
        .collect(groupingBy(AttackMutantsTest::ten, TreeMap::new, toSet()))
        .entrySet()
        .stream()
        .map(ten -> RUNNING.test(ten.getKey(), () -> findNone(ten.getValue())))
        .toList();
  }

  private static Stream<AttackMutant> asked() {
    return AttackMutants.all().stream().filter(mutant -> mutant.mistake().isAsked());
  }

  /** As many as are played in one go. */
  private static String ten(String recipe) {
    return recipe.substring(0, recipe.length() - 1) + "*";
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

  @Test
  void everyRecipeHasAMistakeToFind() {
    Set<String> found =
        AttackMutants.all().stream()
            .flatMap(mutant -> mutant.mistake().rules().stream())
            .collect(toSet());
    assertThat(Recipes.all().stream().map(Recipe::about).toList())
        .filteredOn(about -> about.ids().stream().noneMatch(found::contains))
        .extracting(About::id)
        .containsExactlyInAnyOrderElementsOf(AttackMutants.BLIND.keySet());
  }

  private static void finds(AttackMutant mutant) throws Exception {
    Path classes = Files.createTempDirectory(folder, "mutant");
    MutantCompiler.compile(mutant.mistake(), classes);
    List<String> recipes = mutant.mistake().rules().stream().sorted().toList();
    Child child = workers.run(Module.named("demo"), RunAttack.class, recipes, classes);
    for (String recipe : mutant.mistake().rules()) {
      assertThat(child.lines())
          .as("what %s found; it said%n%s", recipe, String.join("\n", child.lines()))
          .anyMatch(says(recipe, mutant.verdict()));
    }
  }

  private static void findNone(Set<String> recipes) throws Exception {
    Child child =
        workers.run(Module.named("demo"), RunAttack.class, recipes.stream().sorted().toList());
    for (String recipe : recipes) {
      assertThat(child.lines())
          .as("what %s found; it said%n%s", recipe, String.join("\n", child.lines()))
          .anyMatch(says(recipe, Verdict.SECURE).or(says(recipe, Verdict.RESIDUAL)));
    }
  }

  private static Predicate<String> says(String recipe, Verdict verdict) {
    String start = RunAttack.VERDICT + recipe + " " + verdict + " ";
    return line -> (line + " ").startsWith(start);
  }
}
