package dev.countersign.it.fuzz;

import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.server.config.ConfigProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The file of configuration, its clients included. */
final class ConfigTargets {
  private static final String NAME = "countersign.yaml";

  /** What the seeds name. */
  private static final Path FOLDER = folder();

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
              "configuration",
              Set.of(ConfigException.class),
              ConfigTargets::read,
              ConfigTargets::sameAgain));

  private ConfigTargets() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      folder.toFile().deleteOnExit();
      for (String name : List.of("server.pem", "server-key.pem", "machine.json")) {
        Path file = Files.writeString(folder.resolve(name), Signed.KEYS.toJson().toJson());
        file.toFile().deleteOnExit();
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config read(String yaml) throws ConfigException {
    try {
      return ConfigFile.parse(NAME, yaml, FOLDER);
    } catch (ConfigException refused) {
      int lines = (int) yaml.lines().count() + 1;
      Holds.that(!refused.problems().isEmpty(), "it says what is wrong");
      for (ConfigProblem problem : refused.problems()) {
        Holds.that(problem.line() >= 0 && problem.line() <= lines, "a line of the file");
        Holds.that(problem.fault().length() < 1000, "a fault is short");
      }
      throw refused;
    }
  }

  private static void sameAgain(Config config, String yaml) throws ConfigException {
    Config again = ConfigFile.parse(NAME, yaml, FOLDER);
    Holds.equal(again.issuer(), config.issuer(), "the issuer");
    Holds.equal(again.scopes(), config.scopes(), "the scopes");
    Holds.equal(again.clients(), config.clients(), "the clients");
    Holds.equal(
        config.clients().stream().map(RegisteredClient::id).distinct().count(),
        (long) config.clients().size(),
        "no client is there twice");
  }
}
