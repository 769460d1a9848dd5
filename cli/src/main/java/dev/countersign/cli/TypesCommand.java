package dev.countersign.cli;

import dev.countersign.protocol.rar.DetailType;
import dev.countersign.server.details.TypeDefinition;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code countersign types}. */
@Command(
    name = "types",
    description = {
      "Lists the types of authorization details that come with the product: the name of each, and"
          + " what a person who grants one lets a client do.",
      "Such a name, or a file of your own, stands under authorization_details_types in the"
          + " configuration."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[COMMAND]")
final class TypesCommand implements Callable<Integer> {
  private final Surroundings with;

  private TypesCommand(Surroundings with) {
    this.with = with;
  }

  /** With what can be done with types. */
  static CommandLine of(Surroundings with) {
    return new CommandLine(new TypesCommand(with)).addSubcommand(new TypesShowCommand(with));
  }

  @Override
  public Integer call() {
    int longest = DetailType.READY.stream().mapToInt(String::length).max().orElse(0);
    for (String name : DetailType.READY) {
      String title = TypeDefinition.ready(name).consent().title().in(Locale.ENGLISH);
      with.out().println(name + " ".repeat(longest - name.length() + 2) + title);
    }
    with.out().flush();
    return ExitCode.OK;
  }
}
