package dev.countersign.server.config;

import static dev.countersign.server.config.ConfigSamples.ALL;
import static dev.countersign.server.config.ConfigSamples.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is no YAML, or more of it than a file may have. */
class YamlTest {
  private ConfigFolder files;

  @BeforeEach
  void write(@TempDir Path folder) throws IOException {
    files = ConfigFolder.in(folder);
  }

  @Test
  void refusesAKeyThatStandsThereTwice() {
    ConfigProblem problem = files.problem(LEAST + "issuer: https://other.example.com\n");
    assertThat(problem.line()).isEqualTo(7);
    assertThat(problem.fault()).contains("twice");
  }

  @Test
  void refusesASectionInPlaceOfAValueAndTheOtherWayRound() {
    assertThat(files.problem(LEAST + "listen: 8443\n").fault()).contains("section");
    assertThat(files.problem(LEAST + "signing_alg: {a: b}\n").fault()).contains("must be text");
    assertThat(files.problem(LEAST + "clients: none\n").fault()).contains("list");
  }

  @Test
  void refusesWhatIsNoYaml() {
    ConfigProblem problem = files.problem("issuer: [\ntls: }\n");
    assertThat(problem.line()).isPositive();
    assertThat(problem.fault()).contains("YAML");
    assertThat(files.problem("").fault()).contains("empty");
    assertThat(files.problems("just text").getFirst().fault()).contains("section");
  }

  @Test
  void refusesAnAliasThatNeverEnds() {
    assertThat(
            files
                .problems(ALL.replace("claims: {name", "claims: &x {self: *x, name"))
                .getFirst()
                .fault())
        .contains("nested too deeply");
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
    assertThat(files.problem(ALL.replace("claims: {name", bomb + ", name")).fault())
        .contains("more than 1000000 values");
  }

  @Test
  void takesAnAliasThatRepeatsSomething() throws ConfigException {
    String yaml = ALL.replace("claims: {name: Anna", "claims: {nickname: &n Anna, name: *n");
    assertThat(files.read(yaml).users().getFirst().claims().value("name")).contains("Anna");
  }
}
