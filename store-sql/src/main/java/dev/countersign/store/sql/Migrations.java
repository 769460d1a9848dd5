package dev.countersign.store.sql;

import dev.countersign.store.StoreException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema of a file to the one this code was written for. */
final class Migrations {

  private static final String SQLITE = "classpath:dev/countersign/store/sql/sqlite";

  private Migrations() {}

  /**
   * Runs what is missing. A file whose schema is newer than this code, was changed by hand or is
   * not ours is refused with a {@link StoreException}.
   */
  static void run(Path file) {
    try {
      Flyway.configure()
          .dataSource("jdbc:sqlite:" + file, "", "")
          .locations(SQLITE)
          // By default a schema from the future would pass.
          .ignoreMigrationPatterns(new String[0])
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          "The schema of the state file "
              + file
              + " does not fit this version of Countersign: "
              + e.getMessage(),
          e);
    }
  }
}
