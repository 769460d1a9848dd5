package dev.countersign.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code countersign clients}. */
@Command(
    name = "clients",
    description = {
      "For operators: ends clients that registered themselves at a running server, and makes the"
          + " client that commands for operators need."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class ClientsCommand {
  private ClientsCommand() {}

  /** With what can be done with clients. */
  static CommandLine of(Surroundings with) {
    return new CommandLine(new ClientsCommand())
        .addSubcommand(new ClientsEndCommand(with))
        .addSubcommand(new ClientsOperatorCommand(with));
  }
}
