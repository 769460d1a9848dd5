package dev.countersign.cli;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * What a command reads from and writes to.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param terminal the terminal behind them, if there is one
 * @param colour whether {@code out} shows ANSI colour
 */
record Surroundings(
    InputStream in, PrintStream out, PrintStream err, Optional<Console> terminal, boolean colour) {

  /** Those of this process. Colour only on a terminal, and never with {@code NO_COLOR} set. */
  static Surroundings ofProcess() {
    Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    boolean colour =
        terminal.isPresent() && variable("NO_COLOR").isEmpty() && !variable("TERM").equals("dumb");
    return new Surroundings(System.in, System.out, System.err, terminal, colour);
  }

  private static String variable(String name) {
    return Optional.ofNullable(System.getenv(name)).orElse("");
  }
}
