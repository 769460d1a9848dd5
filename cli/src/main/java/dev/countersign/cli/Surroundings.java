package dev.countersign.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * What a command reads from and writes to.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal the terminal behind them, if there is one
 * @param colour whether {@code out} shows ANSI colour
 * @param columns how many columns {@code out} shows in a line
 */
record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Optional<Console> terminal,
    boolean colour,
    int columns) {
  /** Where nobody says how wide it is, as in a file. */
  private static final int COLUMNS = 100;

  /** Of 100 columns. */
  Surroundings(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Optional<Console> terminal,
      boolean colour) {
    this(in, out, err, terminal, colour, COLUMNS);
  }

  /**
   * Those of this process. Colour only on a terminal, and never with {@code NO_COLOR} set. As wide
   * as {@code COLUMNS} says, else as the terminal is, else 100 columns.
   */
  static Surroundings ofProcess() {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    boolean colour =
        terminal.isPresent() && variable("NO_COLOR").isEmpty() && !variable("TERM").equals("dumb");
    int columns = columns(variable("COLUMNS"), terminal.isPresent());
    return new Surroundings(System.in, System.out, System.err, terminal, colour, columns);
  }

  /** By a variable of the environment, which may hold anything. */
  static int columns(String variable, boolean terminal) {
    if (variable.matches("[1-9]\\d{0,3}")) {
      return Integer.parseInt(variable);
    }
    return terminal ? new UsageMessageSpec().autoWidth(true).width() : COLUMNS;
  }

  private static String variable(String name) {
    return Optional.ofNullable(System.getenv(name)).orElse("");
  }
}
