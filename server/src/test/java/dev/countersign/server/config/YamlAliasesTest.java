package dev.countersign.server.config;

import static dev.countersign.server.config.ConfigSamples.ALL;
import static dev.countersign.server.config.ConfigSamples.KEYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What repeats itself in a configuration, by anchors and aliases of YAML. */
class YamlAliasesTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws Exception {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
    Files.writeString(folder.resolve("machine.json"), KEYS);
  }

  private Config read(String yaml) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", yaml, folder);
  }

  /** What is wrong where the claims of a person begin like this. */
  private String fault(String claims) {
    String yaml = ALL.replace("claims: {name", claims);
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(yaml));
    assertThat(e).as("no problem was found").isNotNull();
    return e.problems().getFirst().fault();
  }

  @Test
  void refusesAnAliasThatNeverEnds() {
    assertThat(fault("claims: &x {self: *x, name")).contains("nested too deeply");
  }

  /** Sixteen short lists that would be more than 100 million values; the library allows that. */
  @Test
  @Timeout(10)
  void refusesAliasesThatAreTooMuchTogether() {
    StringBuilder bomb = new StringBuilder("claims: {a0: &a0 [x, x, x, x, x, x, x, x, x, x, x]");
    for (int i = 1; i < 16; i++) {
      bomb.append(", a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(3)).append("x]");
    }
    assertThat(fault(bomb + ", name")).contains("more than 1000000 values");
  }

  @Test
  void takesAnAliasThatRepeatsSomething() throws ConfigException {
    String yaml = ALL.replace("claims: {name: Anna", "claims: {nickname: &n Anna, name: *n");
    assertThat(read(yaml).users().getFirst().claims().value("name")).contains("Anna");
  }
}
