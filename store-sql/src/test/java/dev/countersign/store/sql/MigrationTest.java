package dev.countersign.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  @Test
  void migratesAnEmptyFile(@TempDir Path folder) {
    Flyway flyway =
        Flyway.configure()
            .dataSource("jdbc:sqlite:" + folder.resolve("state.db"), null, null)
            .locations("classpath:dev/countersign/store/sql/migrations")
            .load();
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(1);
  }
}
