package dev.countersign.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any statement of an operation fails, alone or with all that follow. */
class FailedStepsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void afterAnyOneFailedStatementNothingHappened(Scenario scenario) throws SQLException {
    failAtEachStatement(scenario, false);
  }

  @ParameterizedTest
  @EnumSource
  void afterAnyStatementFromWhichAllFailNothingHappened(Scenario scenario) throws SQLException {
    failAtEachStatement(scenario, true);
  }

  /** Lets the first statement fail, then the second, until none is left and the operation works. */
  private void failAtEachStatement(Scenario scenario, boolean allThatFollow) throws SQLException {
    Path file = folder.resolve("state.db");
    Failure failure = new Failure(allThatFollow);
    try (SqliteStore store =
        SqliteStore.open(file, path -> new WatchedConnections(path, failure))) {
      Runnable operation = scenario.prepare(store);
      String before = Dump.of(file);
      int failures = 0;
      while (failsAt(failures, failure, operation)) {
        failures++;
        assertThat(failures).as("It fails by itself").isLessThan(100);
        assertThat(Dump.of(file)).as("failed at statement " + failures).isEqualTo(before);
      }
      assertThat(failures).isGreaterThan(4);
      assertThat(Dump.of(file)).isNotEqualTo(before);
    }
  }

  private static boolean failsAt(int statement, Failure failure, Runnable operation) {
    failure.left.set(statement);
    try {
      operation.run();
      return false;
    } catch (StoreException e) {
      return true;
    } finally {
      failure.left.set(Integer.MAX_VALUE);
    }
  }

  /** Fails once so many statements have run, that one or all from then on. */
  private static final class Failure implements Statements {
    private final boolean allThatFollow;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    Failure(boolean allThatFollow) {
      this.allThatFollow = allThatFollow;
    }

    @Override
    public void before(String text) throws SQLException {
      int now = left.getAndDecrement();
      if (now == 0 || (allThatFollow && now < 0)) {
        throw new SQLException("injected at " + text);
      }
    }

    @Override
    public void after(String text) {}
  }
}
