package dev.countersign.store.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All that is committed in a file of the store, as text to compare. */
final class Dump {

  private Dump() {}

  /** The rows of all tables; the file is checked for damage before it is read. */
  static String of(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      List<String> damage = rows(statement, "PRAGMA integrity_check");
      if (!damage.equals(List.of("ok"))) {
        throw new AssertionError("The file is damaged: " + damage);
      }
      StringBuilder dump = new StringBuilder();
      for (String table : tables(statement)) {
        dump.append(table).append('\n');
        rows(statement, "SELECT * FROM " + table + " ORDER BY 1, 2")
            .forEach(row -> dump.append("  ").append(row).append('\n'));
      }
      return dump.toString();
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    return rows(
        statement,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'flyway_schema_history'"
            + " ORDER BY name");
  }

  private static List<String> rows(Statement statement, String text) throws SQLException {
    try (ResultSet result = statement.executeQuery(text)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          columns.add(text(result.getObject(i)));
        }
        rows.add(String.join(" | ", columns));
      }
      return rows;
    }
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }
}
