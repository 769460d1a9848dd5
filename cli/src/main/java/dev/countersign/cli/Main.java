package dev.countersign.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code countersign} command. Without a subcommand it shows its help. */
@Command(
    name = "countersign",
    description = "A FAPI 2.0 authorization server, and what shows what it does.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all went as it must",
      "1:it did not",
      "2:the command line or the configuration is wrong",
      "69:something that is needed is not there, for example a free port"
    })
public final class Main implements Runnable {
  private final PrintStream out;

  @Spec private @Nullable CommandSpec spec;

  private Main(PrintStream out) {
    this.out = out;
  }

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(Surroundings.ofProcess(), args));
  }

  /**
   * Runs the command line without ending the process.
   *
   * @return the exit code
   */
  public static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
    return run(new Surroundings(in, out, err, Optional.empty(), false), args);
  }

  private static int run(Surroundings with, String... args) {
    CommandLine command =
        new CommandLine(new Main(with.out()))
            .addSubcommand(new TourCommand(with))
            .addSubcommand(new DemoCommand(with))
            .addSubcommand(new AttackCommand(with))
            .addSubcommand(new InitCommand(with))
            .addSubcommand(new CheckCommand(with))
            .addSubcommand(new RulesCommand(with))
            .addSubcommand(new ServeCommand(with))
            .addSubcommand(new PasswordHashCommand(with))
            .addSubcommand(new RegistrationTokenCommand(with))
            .addSubcommand(GrantsCommand.of(with))
            .addSubcommand(ClientsCommand.of(with))
            .addSubcommand(TypesCommand.of(with))
            .addSubcommand(new ConformanceCommand(with))
            .addSubcommand(new ConformanceClientCommand(with))
            .addSubcommand(new HelpCommand(with.out()));
    // Each takes --version, and picocli lets none have that of its parent.
    versioned(command);
    return command
        .setOut(writer(with.out()))
        .setErr(writer(with.err()))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((fault, _) -> wrongUsage(fault, with.err()))
        .setExecutionExceptionHandler((fault, at, _) -> Failures.report(fault, at, with.err()))
        .execute(args);
  }

  private static void versioned(CommandLine command) {
    for (CommandLine one : command.getSubcommands().values()) {
      one.getCommandSpec().versionProvider(new Version());
      versioned(one);
    }
  }

  @Override
  public void run() {
    Objects.requireNonNull(spec, "spec").commandLine().usage(out);
  }

  private static int wrongUsage(CommandLine.ParameterException fault, PrintStream err) {
    err.println(WrongUsage.tell(fault));
    return ExitCode.USAGE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
