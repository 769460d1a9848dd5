package dev.countersign.cli;

import dev.countersign.server.config.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code countersign password-hash}. */
@Command(
    name = "password-hash",
    description = {
      "Prints the argon2id hash of a password, for a user in countersign.yaml.",
      "The password is asked for on a terminal, and otherwise read from the first line of standard"
          + " input. It is never an argument: those are seen by everybody on the machine."
    },
    mixinStandardHelpOptions = true)
final class PasswordHashCommand implements Callable<Integer> {
  private final Surroundings with;

  PasswordHashCommand(Surroundings with) {
    this.with = with;
  }

  @Override
  public Integer call() throws CommandFailure {
    Optional<Console> terminal = with.terminal();
    String password = terminal.isPresent() ? asked(terminal.get()) : piped();
    if (password.isEmpty()) {
      throw new CommandFailure(ExitCode.USAGE, "The password is empty.");
    }
    with.out().println(PasswordHash.of(password).phc());
    with.out().flush();
    return ExitCode.OK;
  }

  private static String asked(Console terminal) throws CommandFailure {
    String first = read(terminal, "Password: ");
    if (!first.equals(read(terminal, "Once more: "))) {
      throw new CommandFailure(ExitCode.USAGE, "The two passwords differ.");
    }
    return first;
  }

  /** Without echo; empty at the end of the input. */
  private static String read(Console terminal, String prompt) {
    return Optional.ofNullable(terminal.readPassword("%s", prompt)).map(String::new).orElse("");
  }

  private String piped() throws CommandFailure {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(with.in(), StandardCharsets.UTF_8));
    try {
      return Optional.ofNullable(reader.readLine()).orElse("");
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, "The password cannot be read.", e);
    }
  }
}
