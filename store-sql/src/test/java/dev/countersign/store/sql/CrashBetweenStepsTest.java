package dev.countersign.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process dies between any two statements of an operation: what it has written until then is
 * copied at each of these points and opened as after a crash.
 */
class CrashBetweenStepsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void anOperationHappenedWholeOrNotAtAll(Scenario scenario) throws SQLException {
    Path file = folder.resolve("state.db");
    Snapshots snapshots = new Snapshots(file);
    String before;
    String after;
    try (SqliteStore store =
        SqliteStore.open(file, path -> new WatchedConnections(path, snapshots))) {
      Runnable operation = scenario.prepare(store);
      before = Dump.of(file);
      snapshots.on = true;
      operation.run();
      snapshots.on = false;
      after = Dump.of(file);
    }

    assertThat(after).isNotEqualTo(before);
    assertThat(snapshots.beforeCommit).hasSizeGreaterThan(6);
    for (Path copy : snapshots.beforeCommit) {
      assertThat(Dump.of(copy)).as(copy.toString()).isEqualTo(before);
    }
    assertThat(snapshots.afterCommit).hasSize(1);
    assertThat(Dump.of(snapshots.afterCommit.getFirst())).isEqualTo(after);
  }

  /** Copies the file and its write-ahead log before and after each statement. */
  private static final class Snapshots implements Statements {
    private final Path file;
    private final List<Path> beforeCommit = new ArrayList<>();
    private final List<Path> afterCommit = new ArrayList<>();
    private volatile boolean on;

    Snapshots(Path file) {
      this.file = file;
    }

    @Override
    public void before(String text) {
      if (on) {
        beforeCommit.add(copy());
      }
    }

    @Override
    public void after(String text) {
      if (on) {
        (text.equals("COMMIT") ? afterCommit : beforeCommit).add(copy());
      }
    }

    private Path copy() {
      int number = beforeCommit.size() + afterCommit.size();
      Path copy = file.resolveSibling("copy-" + number + ".db");
      try {
        Files.copy(file, copy);
        Files.copy(beside(file), beside(copy));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return copy;
    }

    private static Path beside(Path file) {
      return file.resolveSibling(file.getFileName() + "-wal");
    }
  }
}
