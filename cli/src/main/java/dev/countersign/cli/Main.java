package dev.countersign.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code countersign} command: shows its help until the first subcommand arrives. */
@Command(name = "countersign", mixinStandardHelpOptions = true, version = "0.1.0-SNAPSHOT")
public final class Main implements Runnable {
  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
