package dev.countersign.cli;

import dev.countersign.cli.driver.Outcome;
import dev.countersign.cli.driver.Report;
import dev.countersign.cli.driver.Step;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.OneLine;
import dev.countersign.requirement.RequirementId;
import java.io.PrintStream;
import java.util.Optional;

/**
 * A run for programs: a JSON object on each line. A step has {@code step} and {@code detail}; the
 * last line has {@code result} ({@code success}, {@code stopped}, {@code refused} or {@code
 * unreachable}), the {@code step} it came to, and {@code reason} and {@code rule} if there are any.
 */
final class JsonReport implements Report {
  private final PrintStream out;

  /** Prints to {@code out}. */
  JsonReport(PrintStream out) {
    this.out = out;
  }

  @Override
  public void done(Step step, String detail) {
    print(JsonObject.builder().put("step", step.label()).put("detail", detail));
  }

  @Override
  public void ended(Step last, Outcome outcome) {
    print(
        switch (outcome) {
          case Outcome.Success() -> result("success", last);
          case Outcome.Stopped(String reason, Optional<RequirementId> rule) ->
              result("stopped", last)
                  .put("reason", reason)
                  .put("rule", rule.map(RequirementId::value));
          case Outcome.Refused(String reason) -> result("refused", last).put("reason", reason);
          case Outcome.Unreachable(String reason) ->
              result("unreachable", last).put("reason", reason);
        });
  }

  private static JsonObject.Builder result(String result, Step last) {
    return JsonObject.builder().put("result", result).put("step", last.label());
  }

  private void print(JsonObject.Builder line) {
    out.println(OneLine.of(line.build().toJson()));
  }
}
