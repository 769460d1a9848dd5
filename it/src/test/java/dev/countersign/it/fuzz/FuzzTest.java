package dev.countersign.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.fuzz.FuzzRun.Counts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way in is fuzzed for a moment. With the system property {@code countersign.fuzz} one of
 * them is fuzzed for {@code countersign.fuzz.seconds}, 60 if it is not said.
 */
class FuzzTest {
  /** Our choice: a few seconds on two cores. */
  private static final int RUNS = 8_000;

  @TestFactory
  List<DynamicTest> someSeedsAreTakenAndSomeRefused() {
    return Targets.ALL.stream()
        .map(
            target ->
                DynamicTest.dynamicTest(
                    target.name(),
                    () ->
                        assertThat(Seeds.of(target).stream().map(target::takes).distinct())
                            .as("what becomes of the seeds of %s", target)
                            .hasSize(target.refusals().isEmpty() ? 1 : 2)
                            .contains(true)))
        .toList();
  }

  @Test
  void aShortRunFindsNothing(@TempDir Path folder) throws Exception {
    FuzzRun run = FuzzRun.ofAll(folder, RUNS);
    assertThat(run.child().exit()).as("Jazzer said%n%s", run.said()).isZero();
    Map<String, Counts> counts = run.counts();
    assertThat(counts).hasSameSizeAs(Targets.ALL);
    for (Target<?> target : Targets.ALL) {
      // How often it got inputs that the fuzzer made is chance.
      assertThat(counts.get(target.name()).runs())
          .as("runs of %s", target)
          .isGreaterThan(Seeds.of(target).size());
      assertThat(counts.get(target.name()).taken()).as("taken by %s", target).isPositive();
    }
  }

  @Test
  @EnabledIfSystemProperty(named = Fuzzing.TARGET, matches = ".+")
  void aLongRunFindsNothing() throws Exception {
    Target<?> target = Targets.asked().getFirst();
    Path folder = Path.of("target", "fuzz", target.name()).toAbsolutePath();
    FuzzRun run =
        FuzzRun.of(
            target,
            Files.createDirectories(folder),
            Duration.ofSeconds(Long.getLong("countersign.fuzz.seconds", 60)));
    assertThat(run.child().exit()).as("Jazzer said%n%s", run.said()).isZero();
  }
}
