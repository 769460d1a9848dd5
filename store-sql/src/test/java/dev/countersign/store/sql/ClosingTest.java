package dev.countersign.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What closing a store lets go of. */
class ClosingTest {

  @TempDir Path folder;

  @Test
  void aThreadThatWasInterruptedLetsGoOfAllConnections() throws SQLException {
    Path file = folder.resolve("state.db");
    List<Connection> opened = new ArrayList<>();
    SqliteStore store = SqliteStore.open(file, path -> new CountedConnections(path, opened));

    Thread.currentThread().interrupt();
    store.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(opened).hasSize(1 + Readers.COUNT);
    for (Connection connection : opened) {
      assertThat(connection.isClosed()).isTrue();
    }
    SqliteStore.open(file).close();
  }

  /** The connections of the store, which are noted. */
  private record CountedConnections(Path file, List<Connection> opened) implements Connections {

    @Override
    public Connection writer() throws SQLException {
      return noted(new SqliteConnections(file).writer());
    }

    @Override
    public Connection reader() throws SQLException {
      return noted(new SqliteConnections(file).reader());
    }

    private Connection noted(Connection connection) {
      opened.add(connection);
      return connection;
    }
  }
}
