package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.countersign.attacker.Recipes;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process and a real SIGTERM, as by Ctrl-C. */
@Timeout(120)
class AttackProcessTest {
  @TempDir private Path folder;

  @Test
  void reportsWhatItFoundBeforeItWasInterruptedAndLeavesNothingBehind() throws Exception {
    Path report = folder.resolve("r.json");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Process process = start(temporary, report);
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.readLine()).contains(" 1/").endsWith("SECURE");
      process.toHandle().destroy();
      List<String> rest = lines.lines().toList();
      assertThat(rest)
          .anyMatch(line -> line.startsWith("Interrupted after "))
          .last(STRING)
          .isEqualTo("Report: " + report);
      assertThat(process.waitFor()).isEqualTo(128 + 15);
    }
    JsonObject told =
        JsonObject.parse(Files.readAllBytes(report), new JsonLimits(16 * 1024 * 1024, 16));
    List<JsonObject> recipes = told.objects("recipes").orElseThrow();
    assertThat(recipes).hasSize(Recipes.all().size() + Recipes.unplayed().size());
    assertThat(told.bool("complete")).contains(false);
    assertThat(recipes.getFirst().string("verdict")).contains("SECURE");
    assertThat(recipes.get(Recipes.all().size() - 1).string("reason"))
        .contains("the run was interrupted");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("countersign-"));
    }
  }

  private static Process start(Path temporary, Path report) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "attack",
                "--demo",
                "--crypto=jdk",
                "--json=" + report))
        .redirectErrorStream(true)
        .start();
  }
}
