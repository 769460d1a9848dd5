package dev.countersign.server.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is not right. The message lists all that was found, ready for a terminal. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  /** Carries the problems, at least one, in the order of the file. */
  public ConfigException(List<ConfigProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** All that was found, in the order of the file; at least one. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String message(List<ConfigProblem> problems) {
    String head =
        problems.size() == 1
            ? "The configuration has a problem.\n"
            : "The configuration has " + problems.size() + " problems.\n";
    return problems.stream()
        .map(ConfigProblem::toString)
        .collect(Collectors.joining("\n", head, ""));
  }
}
