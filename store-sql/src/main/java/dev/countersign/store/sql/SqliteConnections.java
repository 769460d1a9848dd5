package dev.countersign.store.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Opens connections to one SQLite file, each with the settings it must have. Safe for use by any
 * number of threads at once.
 */
final class SqliteConnections implements Connections {

  private final Path file;

  SqliteConnections(Path file) {
    this.file = file;
  }

  @Override
  public Connection writer() throws SQLException {
    return open(Setting.WRITER);
  }

  @Override
  public Connection reader() throws SQLException {
    return open(Setting.READER);
  }

  private Connection open(List<Setting> settings) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    // Otherwise the driver prepares and runs one more statement after each INSERT.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try {
      for (Setting setting : settings) {
        setting.demand(connection);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
