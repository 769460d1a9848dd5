package dev.countersign.it.mutation;

import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs test methods apart from the tests of this module, until the first of them fails. */
public final class RunTests {
  /** What stands before the name of the test that failed. */
  static final String FAILED = "FAILED ";

  private RunTests() {}

  /**
   * Runs; throws if there was nothing to run.
   *
   * @param args methods as {@code class#method}, or all of a class as {@code class#}; each runs
   *     with all its values. A class without {@code #} is where methods are found that it inherits.
   */
  public static void main(String[] args) {
    List<String> heirs = Arrays.stream(args).filter(arg -> !arg.contains("#")).toList();
    List<String> classes =
        Arrays.stream(args)
            .filter(arg -> arg.contains("#"))
            .map(Mutant::topLevel)
            .distinct()
            .toList();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                (heirs.isEmpty() ? classes : heirs)
                    .stream().map(DiscoverySelectors::selectClass).toList())
            .filters(new OnlyMethods(List.of(args)))
            .build();
    CancellationToken token = CancellationToken.create();
    LauncherFactory.create()
        .execute(
            LauncherExecutionRequestBuilder.request(request)
                .listeners(summary, new FirstFailure(token))
                .cancellationToken(token)
                .build());
    if (summary.getSummary().getTestsStartedCount() == 0 && !token.isCancellationRequested()) {
      throw new IllegalStateException("there are no such tests");
    }
  }

  /** Ends the run: one failure is enough to know, and others may take their time. */
  private record FirstFailure(CancellationToken token) implements TestExecutionListener {

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        // What an engine says of itself need not end its line.
        System.out.println("\n" + FAILED + name(test) + ": " + result.getThrowable().orElseThrow());
        token.cancel();
      }
    }

    private static String name(TestIdentifier test) {
      return test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(MethodSource.class::cast)
          .map(source -> source.getClassName() + "#" + source.getMethodName())
          .orElse(test.getDisplayName());
    }
  }
}
