package dev.countersign.cli;

import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigFile;
import java.nio.file.Path;

/** The configuration that a command is given. */
final class ConfigArgument {
  private ConfigArgument() {}

  /**
   * Reads it.
   *
   * @throws CommandFailure with all problems that were found
   */
  static Config read(Path file) throws CommandFailure {
    try {
      return ConfigFile.read(file);
    } catch (ConfigException e) {
      throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
  }
}
