package dev.countersign.cli.conformance;

import dev.countersign.cli.conformance.SuiteRest.Module;
import dev.countersign.cli.conformance.SuiteRest.Plan;
import dev.countersign.cli.conformance.SuiteRest.State;
import dev.countersign.protocol.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs a whole plan for clients: makes it, begins one test after the other, starts the client where
 * the suite waits for it, and tells what came of each.
 */
public final class ClientPlanRun {
  private static final Set<String> OVER = Set.of("FINISHED", "INTERRUPTED");
  private static final Set<String> GOOD = Set.of("PASSED", "SKIPPED");
  private static final String WAITING = "WAITING";

  private final SuiteRest suite;
  private final Runnable client;
  private final Pauses pauses;
  private final Consumer<String> lines;

  /**
   * What it needs.
   *
   * @param client runs one flow of the client; whether it ends well is the suite's to judge
   * @param pauses how long to wait between two looks at a test, and how often to look
   * @param lines told one line for each test
   */
  public ClientPlanRun(SuiteRest suite, Runnable client, Pauses pauses, Consumer<String> lines) {
    this.suite = suite;
    this.client = client;
    this.pauses = pauses;
    this.lines = lines;
  }

  /**
   * How a test is watched.
   *
   * @param between the time between two looks
   * @param looks the most looks
   */
  public record Pauses(Duration between, int looks) {
    /** Some minutes: a test ends a few seconds after the last request. */
    public static final Pauses USUAL = new Pauses(Duration.ofMillis(500), 240);
  }

  /**
   * Runs all tests.
   *
   * @param name the plan's name
   * @param parameters its parameters
   * @param configuration the suite's configuration of it
   * @return whether each passed, or was skipped by the suite, and there was one
   * @throws SuiteException if the suite cannot be used
   */
  public boolean run(String name, JsonObject parameters, String configuration)
      throws SuiteException, InterruptedException {
    Plan plan = suite.create(name, parameters, configuration);
    lines.accept(plan.modules().size() + " tests: " + suite.page(plan));
    boolean good = !plan.modules().isEmpty();
    for (Module module : plan.modules()) {
      State end = end(plan, module);
      lines.accept("%-10s %s".formatted(end.result(), module.name()));
      good &= end.status().equals("FINISHED") && GOOD.contains(end.result());
    }
    return good;
  }

  private State end(Plan plan, Module module) throws SuiteException, InterruptedException {
    String id = suite.begin(plan, module);
    State state = awaited(id, true);
    if (state.status().equals(WAITING)) {
      client.run();
      state = awaited(id, false);
    }
    return state;
  }

  /** The state when the test is over, or waits for the client if that is of interest. */
  private State awaited(String id, boolean forClient) throws SuiteException, InterruptedException {
    State state = suite.state(id);
    for (int look = 1; look < pauses.looks(); look++) {
      if (OVER.contains(state.status()) || (forClient && state.status().equals(WAITING))) {
        return state;
      }
      Thread.sleep(pauses.between());
      state = suite.state(id);
    }
    return state;
  }
}
