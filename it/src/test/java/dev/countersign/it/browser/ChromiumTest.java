package dev.countersign.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChromiumTest {

  @TempDir Path folder;

  private Path executable(String name) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  @Test
  void isTheOneThatTheEnvironmentNames() throws IOException {
    executable("chromium");
    Path named = executable("my-browser");
    Map<String, String> environment =
        Map.of("CHROMIUM_BIN", named.toString(), "PATH", folder.toString());
    assertThat(Chromium.find(environment)).contains(named);
  }

  @Test
  void isLookedForInThePath() throws IOException {
    Path found = executable("google-chrome");
    assertThat(Chromium.find(Map.of("PATH", "/nowhere::" + folder))).contains(found);
  }

  @Test
  void isMissingWhereNothingCanBeExecuted() throws IOException {
    Path file = Files.createFile(folder.resolve("chromium"));
    assertThat(Chromium.find(Map.of("PATH", folder.toString()))).isEmpty();
    assertThat(Chromium.find(Map.of("CHROMIUM_BIN", file.toString()))).isEmpty();
    assertThat(Chromium.find(Map.of())).isEmpty();
  }

  @Test
  void isAFaultToLackInAnAutomaticBuildOnly() {
    assertThat(Chromium.isRequired(Map.of("CI", "true"), "Linux")).isTrue();
    assertThat(Chromium.isRequired(Map.of("CI", "true"), "Mac OS X")).isFalse();
    assertThat(Chromium.isRequired(Map.of(), "Linux")).isFalse();
  }
}
