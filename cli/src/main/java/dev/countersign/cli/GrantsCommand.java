package dev.countersign.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code countersign grants}. */
@Command(
    name = "grants",
    description =
        "Shows what people allowed clients of a running server, and ends it: for operators.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class GrantsCommand {
  private GrantsCommand() {}

  /** With what can be done with grants. */
  static CommandLine of(Surroundings with) {
    return new CommandLine(new GrantsCommand())
        .addSubcommand(new GrantsListCommand(with))
        .addSubcommand(new GrantsRevokeCommand(with))
        .addSubcommand(new GrantsRevokeClientCommand(with));
  }
}
