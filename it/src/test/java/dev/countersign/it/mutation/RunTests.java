package dev.countersign.it.mutation;

import java.util.Arrays;
import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test methods in a JVM of their own and names those that failed. */
final class RunTests {
  /** What stands before the name of a test that failed. */
  static final String FAILED = "FAILED ";

  private RunTests() {}

  /**
   * Runs.
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
    Launcher launcher = LauncherFactory.create();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                (heirs.isEmpty() ? classes : heirs)
                    .stream().map(DiscoverySelectors::selectClass).toList())
            .filters(new OnlyMethods(List.of(args)))
            .build();
    launcher.execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    // What an engine says of itself need not end its line.
    System.out.println();
    summary
        .getFailures()
        .forEach(
            failure ->
                System.out.println(
                    FAILED
                        + failure
                            .getTestIdentifier()
                            .getSource()
                            .filter(MethodSource.class::isInstance)
                            .map(MethodSource.class::cast)
                            .map(source -> source.getClassName() + "#" + source.getMethodName())
                            .orElse(failure.getTestIdentifier().getDisplayName())
                        + ": "
                        + failure.getException()));
    System.out.println("RAN " + summary.getTestsStartedCount());
    System.exit(summary.getTestsStartedCount() == 0 && summary.getTotalFailureCount() == 0 ? 2 : 0);
  }
}
