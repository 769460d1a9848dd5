package dev.countersign.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How SQLite finds the rows. */
class QueryPlanTest {

  private static final Pattern TABLE = Pattern.compile("DELETE FROM (\\w+)");

  @TempDir Path folder;

  @Test
  void theSweepFindsWhatIsOverByTheIndexOfItsTable() throws SQLException {
    Path file = migrated();
    try (Sql sql = new Sql(new SqliteConnections(file).writer())) {
      assertThat(Sweep.TEXTS).hasSize(10);
      for (String text : Sweep.TEXTS) {
        Matcher table = TABLE.matcher(text);
        assertThat(table.find()).isTrue();
        List<String> plan = plan(sql, text);
        assertThat(plan)
            .as(text)
            .anyMatch(step -> step.contains("INDEX " + table.group(1) + "_forget_at (forget_at<?)"))
            .noneMatch(step -> step.contains("SCAN"));
      }
    }
  }

  @Test
  void noStatementOfAnyOperationScansATable() throws SQLException {
    Texts texts = new Texts();
    Path file = folder.resolve("state.db");
    try (SqliteStore store = SqliteStore.open(file, path -> new WatchedConnections(path, texts))) {
      for (Scenario scenario : Scenario.values()) {
        scenario.prepare(store).run();
      }
    }
    try (Sql sql = new Sql(new SqliteConnections(file).writer())) {
      assertThat(texts.seen).hasSizeGreaterThan(25);
      for (String text : texts.seen) {
        assertThat(plan(sql, text)).as(text).noneMatch(step -> step.contains("SCAN"));
      }
    }
  }

  @Test
  void aPageOfGrantsIsReadInTheOrderOfAnIndex() throws SQLException {
    try (Sql sql = new Sql(new SqliteConnections(migrated()).writer())) {
      assertThat(GrantRows.PAGES).hasSize(3);
      for (String text : GrantRows.PAGES) {
        assertThat(plan(sql, text))
            .as(text)
            .hasSize(1)
            .allMatch(
                step -> step.matches("SEARCH .* USING INDEX .* \\(\\w+=\\? AND grant_id>\\?\\)"));
      }
    }
  }

  @Test
  void looksForOpaqueTokensAndEndedFamiliesScanNoTable() throws SQLException {
    try (Sql sql = new Sql(new SqliteConnections(migrated()).writer())) {
      for (String text : List.of(TokenRows.FIND_OPAQUE, EndedFamilyRows.FIND)) {
        assertThat(plan(sql, text))
            .as(text)
            .hasSize(1)
            .allMatch(step -> step.startsWith("SEARCH "));
      }
    }
  }

  private Path migrated() {
    Path file = folder.resolve("state.db");
    SqliteStore.open(file).close();
    return file;
  }

  private static List<String> plan(Sql sql, String text) throws SQLException {
    return sql.all("EXPLAIN QUERY PLAN " + text, row -> row.text("detail"));
  }

  private static final class Texts implements Statements {
    private static final Pattern ROWS = Pattern.compile("(?s)(SELECT|INSERT|UPDATE|DELETE) .*");
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    @Override
    public void before(String text) {
      if (ROWS.matcher(text).matches()) {
        seen.add(text);
      }
    }

    @Override
    public void after(String text) {}
  }
}
