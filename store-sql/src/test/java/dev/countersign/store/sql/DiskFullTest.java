package dev.countersign.store.sql;

import static dev.countersign.store.contract.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.store.StoreException;
import dev.countersign.store.contract.Samples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** There is no room left for what is to be kept. */
class DiskFullTest {

  /** Room for the tables and some rows. */
  private static final int PAGES = 60;

  @TempDir Path folder;

  @Test
  void aFullDiskIsNotReportedAsAMissingSavepoint() {
    Samples samples = new Samples("full");
    try (SqliteStore store = SqliteStore.open(folder.resolve("state.db"), SmallConnections::new)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  store.openSession(samples.session(), Optional.empty(), NOW);
                }
              })
          .isInstanceOf(StoreException.class)
          .cause()
          .isInstanceOfSatisfying(
              SQLiteException.class,
              e -> {
                if (e.getResultCode() != SQLiteErrorCode.SQLITE_FULL) {
                  throw new AssertionError(e);
                }
              });
    }
  }

  /** The connections of the store on a disk with little room. */
  private record SmallConnections(Path file) implements Connections {

    @Override
    public Connection writer() throws SQLException {
      Connection connection = new SqliteConnections(file).writer();
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = " + PAGES);
      }
      return connection;
    }

    @Override
    public Connection reader() throws SQLException {
      return new SqliteConnections(file).reader();
    }
  }
}
