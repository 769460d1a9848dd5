package dev.countersign.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/** Brings the schema of a file to the one this code was written for. */
final class Migrations {

  private static final String FOLDER = "/dev/countersign/store/sql/sqlite/";

  /** Everything of a schema but what SQLite and Flyway keep for themselves. */
  private static final String SCHEMA =
      """
      SELECT type || ' ' || name || ': ' || sql FROM sqlite_master
      WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name <> 'flyway_schema_history'\
      """;

  private Migrations() {}

  /**
   * Runs what is missing. A file whose schema is newer than this code, was changed by hand (a
   * trigger, an index less) or is not ours is refused with a {@link StoreException}.
   */
  static void run(Path file) throws SQLException {
    String url = "jdbc:sqlite:" + file;
    Flyway flyway =
        Flyway.configure()
            .dataSource(url, "", "")
            .locations("classpath:" + FOLDER.substring(1, FOLDER.length() - 1))
            // By default a schema from the future would pass.
            .ignoreMigrationPatterns(new String[0])
            .cleanDisabled(true)
            .load();
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StoreException(refusal(file) + e.getMessage(), e);
    }
    refuseIfChangedByHand(file, url, Arrays.asList(flyway.info().applied()));
  }

  private static void refuseIfChangedByHand(Path file, String url, List<MigrationInfo> applied)
      throws SQLException {
    try (Connection there = DriverManager.getConnection(url);
        Connection fresh = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = fresh.createStatement()) {
      for (MigrationInfo migration : applied) {
        statement.executeUpdate(text(migration.getScript()));
      }
      Set<String> expected = schema(fresh);
      Set<String> found = schema(there);
      if (!found.equals(expected)) {
        throw new StoreException(refusal(file) + "it was changed by hand");
      }
    }
  }

  private static Set<String> schema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SCHEMA)) {
      Set<String> schema = new HashSet<>();
      while (result.next()) {
        schema.add(result.getString(1));
      }
      return schema;
    }
  }

  private static String text(String script) {
    try (InputStream in = Migrations.class.getResourceAsStream(FOLDER + script)) {
      if (in == null) {
        throw new IllegalStateException("No migration " + script);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The migration cannot be read: " + script, e);
    }
  }

  private static String refusal(Path file) {
    return "The schema of the state file " + file + " does not fit this version of Countersign: ";
  }
}
