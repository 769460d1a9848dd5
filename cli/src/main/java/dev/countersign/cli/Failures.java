package dev.countersign.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Says what went wrong, for people; the rest goes into the log and into a file. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Reports what ended a command; gives back its exit code. */
  static int report(Exception fault, CommandLine command, PrintStream err) {
    if (fault instanceof CommandFailure expected) {
      LOG.debug("command ended", expected);
      err.println(expected.getMessage());
      return expected.exitCode();
    }
    String name = command.getCommandSpec().qualifiedName();
    LOG.error("{} broke off", name, fault);
    err.println(name + " broke off, by a fault of its own" + details(fault) + ".");
    return ExitCode.FAILED;
  }

  /** Where the details are: the log may have gone nowhere. */
  private static String details(Exception fault) {
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    try {
      Path file = Files.createTempFile("countersign-", ".log");
      Files.writeString(file, RecentLog.text() + trace);
      return ". The details are in " + file;
    } catch (IOException e) {
      LOG.warn("the details could not be written", e);
      return "";
    }
  }
}
