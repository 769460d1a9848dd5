package dev.countersign.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingTest {

  @TempDir Path folder;

  @Test
  void theWriterSyncsEachCommit() throws SQLException {
    try (Sql sql = new Sql(connections().writer())) {
      assertThat(setting(sql, "journal_mode")).isEqualTo("wal");
      assertThat(setting(sql, "synchronous")).isEqualTo("2");
      assertThat(setting(sql, "foreign_keys")).isEqualTo("1");
    }
  }

  @Test
  void refusesAPlaceWithoutAWriteAheadLog() throws SQLException {
    // A database in memory has none, and SQLite says so only when it is asked.
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertThatThrownBy(() -> new Setting("journal_mode", "WAL", "wal").demand(memory))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("journal_mode")
          .hasMessageContaining("memory");
    }
  }

  @Test
  void refusesALowerLevelOfSynchronousThanAskedFor() throws SQLException {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      // SQLite takes any word it does not know for NORMAL.
      assertThatThrownBy(() -> new Setting("synchronous", "FUL", "2").demand(memory))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("synchronous");
    }
  }

  @Test
  void refusesASettingThatSqliteDoesNotKnow() throws SQLException {
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      assertThatThrownBy(() -> new Setting("no_such_setting", "ON", "1").demand(memory))
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void aReaderCannotWrite() throws SQLException {
    connections().writer().close();
    try (Sql sql = new Sql(connections().reader())) {
      assertThatThrownBy(() -> sql.execute("CREATE TABLE t (a)"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("readonly");
    }
  }

  private Connections connections() {
    return new SqliteConnections(folder.resolve("state.db"));
  }

  private static String setting(Sql sql, String name) throws SQLException {
    return sql.first("PRAGMA " + name, row -> row.text(name)).orElseThrow();
  }
}
