package dev.countersign.cli;

import dev.countersign.attacker.Attack;
import dev.countersign.attacker.report.Findings;
import dev.countersign.attacker.report.TerminalReport;
import dev.countersign.cli.attack.Chosen;
import dev.countersign.cli.attack.ReportFiles;
import dev.countersign.cli.attack.SoFar;
import dev.countersign.protocol.json.OneLine;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/** A run of {@code countersign attack}: its reports are written once, however it ends. */
final class AttackRun {
  private static final String BROKEN_OFF = "Broken off";

  private final InstantSource clock = InstantSource.system();
  private final PrintStream out;
  private final TerminalReport report;
  private final Chosen chosen;
  private final ReportFiles files;

  /** Held while a run is told: a process that is told to end then waits for it. */
  private final ReentrantLock telling = new ReentrantLock();

  private boolean told;

  AttackRun(PrintStream out, TerminalReport report, Chosen chosen, ReportFiles files) {
    this.out = out;
    this.report = report;
    this.chosen = chosen;
    this.files = files;
  }

  /**
   * Runs to the end, and tells all of it.
   *
   * @param last what is to be done, too, if the process is told to end before
   * @throws CommandFailure if there is nothing to attack, or a report cannot be written
   */
  Findings by(Attack.Settings settings, Runnable last) throws CommandFailure {
    Instant began = clock.instant();
    SoFar soFar = new SoFar(settings.target().issuer().value(), chosen, began, report);
    try (Interruption _ = Interruption.then(() -> interrupted(soFar, last))) {
      Findings findings =
          Attack.run(settings, soFar).lasting(Duration.between(began, clock.instant()));
      once(
          () -> {
            report.end(findings);
            write(findings);
          });
      return findings;
    } catch (IOException e) {
      String reason = OneLine.of(String.valueOf(e.getMessage()));
      once(() -> write(soFar.endEarly(clock.instant(), BROKEN_OFF, reason)));
      throw new CommandFailure(ExitCode.UNAVAILABLE, "Nothing was attacked: " + reason + ".", e);
    } catch (RuntimeException e) {
      once(() -> write(soFar.endEarly(clock.instant(), BROKEN_OFF, "the run broke off")));
      throw e;
    } catch (OutOfMemoryError | StackOverflowError e) {
      once(
          () ->
              write(soFar.endEarly(clock.instant(), BROKEN_OFF, "the run had not enough memory")));
      throw new IllegalStateException("the run had not enough memory", e);
    }
  }

  private void interrupted(SoFar soFar, Runnable last) throws CommandFailure {
    try {
      once(
          () -> {
            Findings findings =
                soFar.endEarly(clock.instant(), "Interrupted", "the run was interrupted");
            report.endEarly(findings);
            write(findings);
          });
    } finally {
      last.run();
    }
  }

  private void once(Interruption.Last tell) throws CommandFailure {
    telling.lock();
    try {
      if (!told) {
        told = true;
        tell.act();
      }
    } finally {
      telling.unlock();
    }
  }

  private void write(Findings findings) throws CommandFailure {
    try {
      files.write(findings);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
    files.files().forEach(file -> out.println("Report: " + OneLine.of(file.toString())));
    out.flush();
  }
}
