package dev.countersign.cli;

import dev.countersign.cli.driver.Outcome;
import dev.countersign.cli.driver.Report;
import dev.countersign.cli.driver.Step;
import dev.countersign.protocol.json.OneLine;
import java.io.PrintStream;

/** A run for people: a line for each step, and the end. */
final class TextReport implements Report {
  private final PrintStream out;

  /** Prints to {@code out}. */
  TextReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void done(Step step, String detail) {
    out.printf("  %-14s %s%n", step.label(), OneLine.of(detail));
  }

  @Override
  public void ended(Step last, Outcome outcome) {
    out.println(
        OneLine.of(
            switch (outcome) {
              case Outcome.Success() -> "success";
              case Outcome.Stopped stopped -> "stopped: " + stopped.reason();
              case Outcome.Refused refused -> "refused: " + refused.reason();
              case Outcome.Unreachable unreachable -> "unreachable: " + unreachable.reason();
            }));
  }
}
