package dev.countersign.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** The ports of one command, each by the option that names it: no two may be the same. */
final class OwnPorts {
  private final Map<Integer, String> taken = new LinkedHashMap<>();

  /**
   * Takes a port; 0 is any free one, and may be taken often.
   *
   * @throws CommandFailure if another option has it
   */
  OwnPorts take(String option, int port) throws CommandFailure {
    String other = port == 0 ? option : taken.getOrDefault(port, option);
    if (!other.equals(option)) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "%s and %s are both %d: each needs a port of its own.".formatted(other, option, port));
    }
    taken.put(port, option);
    return this;
  }
}
