package dev.countersign.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A setting of an SQLite connection that the store relies on.
 *
 * @param name the pragma
 * @param value what is asked for
 * @param readBack what SQLite must say afterwards
 */
record Setting(String name, String value, String readBack) {

  /** What every connection is given. */
  private static final List<Setting> ALWAYS =
      List.of(
          new Setting("busy_timeout", "5000", "5000"),
          new Setting("trusted_schema", "OFF", "0"),
          new Setting("temp_store", "MEMORY", "2"));

  /**
   * What makes a commit durable: with the write-ahead log and {@code synchronous=FULL} each commit
   * syncs the log before it returns. {@code fullfsync} makes that true on macOS as well. {@code
   * secure_delete} overwrites what is removed where that costs no further write. The rest is for
   * speed: digests land on random pages, so that 32 MiB of cache (KiB, negative) and a checkpoint
   * every 16 MiB (pages of 4 KiB) halve the work of the disk; a larger log delays a start after a
   * crash.
   */
  static final List<Setting> WRITER =
      with(
          new Setting("journal_mode", "WAL", "wal"),
          new Setting("synchronous", "FULL", "2"),
          new Setting("fullfsync", "ON", "1"),
          new Setting("checkpoint_fullfsync", "ON", "1"),
          new Setting("foreign_keys", "ON", "1"),
          new Setting("secure_delete", "FAST", "2"),
          new Setting("cache_size", "-32768", "-32768"),
          new Setting("wal_autocheckpoint", "4096", "4096"),
          new Setting("journal_size_limit", "67108864", "67108864"));

  /** What keeps a connection from writing. */
  static final List<Setting> READER =
      with(new Setting("query_only", "ON", "1"), new Setting("journal_mode", "WAL", "wal"));

  /**
   * Sets it and reads it back. SQLite ignores what it cannot do, and a driver may be built with
   * other defaults; a store that is not durable must not start.
   */
  void demand(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA " + name + " = " + value);
      try (ResultSet result = statement.executeQuery("PRAGMA " + name)) {
        String found = result.next() ? result.getString(1) : "nothing";
        if (!readBack.equals(found)) {
          throw new SQLException(
              "SQLite was asked for "
                  + name
                  + " = "
                  + value
                  + " and answers "
                  + found
                  + " instead of "
                  + readBack
                  + "; the store does not start without it");
        }
      }
    }
  }

  private static List<Setting> with(Setting... more) {
    return Stream.concat(ALWAYS.stream(), Arrays.stream(more)).toList();
  }
}
