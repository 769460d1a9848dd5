package dev.countersign.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command reads from and writes to.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param colour whether {@code out} shows ANSI colour
 */
record Surroundings(InputStream in, PrintStream out, PrintStream err, boolean colour) {

  /** Those of this process. Colour only on a terminal, and never with {@code NO_COLOR} set. */
  static Surroundings ofProcess() {
    String noColor = System.getenv("NO_COLOR");
    String term = System.getenv("TERM");
    boolean terminal = System.console() != null && System.console().isTerminal();
    boolean colour = terminal && (noColor == null || noColor.isEmpty()) && !"dumb".equals(term);
    return new Surroundings(System.in, System.out, System.err, colour);
  }
}
