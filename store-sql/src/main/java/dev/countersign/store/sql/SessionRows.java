package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.store.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The table {@code sessions}. */
final class SessionRows {

  private static final String OPEN =
      """
      INSERT INTO sessions (session, subject, auth_time, acr, forget_at)
      VALUES (?, ?, ?, ?, ?)\
      """;

  private static final String FIND =
      """
      SELECT session, subject, auth_time, acr, forget_at FROM sessions
      WHERE session = ? AND forget_at > ?\
      """;

  private static final String END = "DELETE FROM sessions WHERE session = ?";

  private SessionRows() {}

  static Change<Boolean> open(Sql sql, Session session, Optional<SecretDigest> replaced)
      throws SQLException {
    if (replaced.isPresent()) {
      sql.update(END, replaced.get());
    }
    sql.update(
        OPEN,
        session.id(),
        session.login().subject().value(),
        session.login().authTime(),
        session.login().acr(),
        session.expiresAt());
    return Change.kept(true);
  }

  static Optional<Session> find(Sql sql, SecretDigest id, Instant now) throws SQLException {
    return sql.first(
        FIND,
        row ->
            new Session(
                row.digest("session"), InteractionRows.login(row), row.instant("forget_at")),
        id,
        now);
  }

  static Change<Boolean> end(Sql sql, SecretDigest id) throws SQLException {
    return Change.kept(sql.update(END, id) == 1);
  }
}
