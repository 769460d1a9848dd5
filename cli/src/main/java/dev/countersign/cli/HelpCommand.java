package dev.countersign.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign help}: what {@code --help} shows, for those who try this first. */
@Command(
    name = "help",
    description = "Shows this help, or that of a command, as --help does.",
    mixinStandardHelpOptions = true)
final class HelpCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command, with the one below it if there is one: grants list.")
  private List<String> path = List.of();

  @Spec private @Nullable CommandSpec spec;

  private final PrintStream out;

  HelpCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    CommandLine at = Objects.requireNonNull(spec, "spec").commandLine().getParent();
    for (String name : path) {
      CommandLine below = at.getSubcommands().get(name);
      if (below == null) {
        throw new CommandLine.UnmatchedArgumentException(at, List.of(name));
      }
      at = below;
    }
    at.usage(out);
    return ExitCode.OK;
  }
}
