package dev.countersign.store.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Removes rows that no operation can find any more, found by the index on {@code forget_at}. */
final class Sweep {

  /** One text for each table that forgets. */
  static final List<String> TEXTS =
      List.of(
          text("once_keys", "kind, digest"),
          text("interactions", "interaction"),
          text("pushed_requests", "request_uri"),
          text("codes", "code"),
          text("consents", "subject, client_id, kind, resource, name"),
          text("access_tokens", "jti"),
          text("refresh_tokens", "refresh_token"),
          text("grants", "grant_id"),
          text("ended_families", "kind, name, generation"),
          text("sessions", "session"));

  private Sweep() {}

  static Change<Integer> run(Sql sql, Instant now, int limit) throws SQLException {
    int gone = 0;
    for (String text : TEXTS) {
      gone += sql.update(text, now, limit);
    }
    return Change.kept(gone);
  }

  private static String text(String table, String key) {
    return """
    DELETE FROM %1$s WHERE (%2$s) IN
      (SELECT %2$s FROM %1$s WHERE forget_at <= ? ORDER BY forget_at LIMIT ?)\
    """
        .formatted(table, key);
  }
}
