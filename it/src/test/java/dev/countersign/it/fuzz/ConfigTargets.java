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

  private static final String TYPE = "type.yaml";
  private static final String NAMES_TYPE =
      """
      issuer: https://auth.example.com
      tls: {certificate: server.pem, key: server-key.pem}
      resources: [{indicator: 'https://api.example.com'}]
      authorization_details_types: [type.yaml]
      """;

  /** What the seeds name. */
  private static final Path FOLDER = folder();

  static final List<Target<?>> ALL =
      List.of(
          Target.ofText(
              "configuration",
              Set.of(ConfigException.class),
              ConfigTargets::read,
              ConfigTargets::sameAgain),
          Target.ofText(
              "detail-type-file",
              Set.of(ConfigException.class),
              ConfigTargets::withType,
              ConfigTargets::isTheType));

  private ConfigTargets() {}

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("fuzz");
      folder.toFile().deleteOnExit();
      for (String name : List.of("server.pem", "server-key.pem", "machine.json", TYPE)) {
        Path file = Files.writeString(folder.resolve(name), Signed.KEYS.toJson().toJson());
        file.toFile().deleteOnExit();
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Config read(String yaml) throws ConfigException {
    return parse(yaml, yaml);
  }

  /** The configuration that names the input as the file of a type. */
  private static Config withType(String type) throws Exception {
    Files.writeString(FOLDER.resolve(TYPE), type);
    return parse(NAMES_TYPE, type);
  }

  private static Config parse(String yaml, String input) throws ConfigException {
    try {
      return ConfigFile.parse(NAME, yaml, FOLDER);
    } catch (ConfigException refused) {
      long lines = Math.max(yaml.lines().count(), input.lines().count()) + 1;
      Holds.that(!refused.problems().isEmpty(), "it says what is wrong");
      for (ConfigProblem problem : refused.problems()) {
        Holds.that(problem.line() >= 0 && problem.line() <= lines, "a line of the file");
        Holds.that(problem.fault().length() < 1000, "a fault is short");
        Holds.that(
            problem.inOneLine().chars().noneMatch(Character::isISOControl), "it is one line");
      }
      throw refused;
    }
  }

  private static void isTheType(Config config, String type) throws Exception {
    List<String> names = config.detailTypes().names();
    Holds.equal(names.size(), 1, "one type");
    Holds.that(type.contains(names.getFirst().substring(0, 1)), "its name is in the file");
    Holds.equal(withType(type).detailTypes().names(), names, "read again");
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
