package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder with the files that {@link ConfigSamples} name, in which configurations are read. */
record ConfigFolder(Path path) {

  static ConfigFolder in(Path folder) throws IOException {
    Files.writeString(folder.resolve("server.pem"), "");
    Files.writeString(folder.resolve("server-key.pem"), "");
    Files.writeString(folder.resolve("machine.json"), ConfigSamples.KEYS);
    return new ConfigFolder(folder);
  }

  Config read(String yaml) throws ConfigException {
    return ConfigFile.parse("countersign.yaml", yaml, path);
  }

  /** What is wrong with it, which is something. */
  List<ConfigProblem> problems(String yaml) {
    ConfigException e = catchThrowableOfType(ConfigException.class, () -> read(yaml));
    assertThat(e).as("no problem was found").isNotNull();
    return e.problems();
  }

  /** The one thing that is wrong with it. */
  ConfigProblem problem(String yaml) {
    List<ConfigProblem> problems = problems(yaml);
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }
}
