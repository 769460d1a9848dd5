package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.TokenFamily;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The table {@code ended_families}. Whoever removes access tokens that have not expired notes them
 * here just before, in the same transaction.
 */
final class EndedFamilyRows {

  private static final String KEEP =
      """
      INSERT INTO ended_families (kind, name, generation, ended_at, forget_at)
      """;

  /** No family ends twice; if one did, the later end would count. */
  private static final String AT_MOST_ONCE =
      """

      ON CONFLICT DO UPDATE SET ended_at = excluded.ended_at,
        forget_at = max(forget_at, excluded.forget_at)\
      """;

  private static final String NOTE_GRANTS =
      KEEP
          + """
          SELECT 'GRANT', g.grant_id, g.generation, ?, max(t.forget_at)
          FROM grants g CROSS JOIN access_tokens t ON t.grant_id = g.grant_id
          WHERE t.forget_at > ? AND %s GROUP BY g.grant_id\
          """
          + AT_MOST_ONCE;

  private static final String NOTE_GRANT = NOTE_GRANTS.formatted("g.grant_id = ?");

  private static final String NOTE_GRANTS_OF_CLIENT = NOTE_GRANTS.formatted("g.client_id = ?");

  private static final String NOTE_SOME_GRANTS_OF_CLIENT =
      NOTE_GRANTS.formatted("g.grant_id IN (" + GrantRows.SOME_OF_CLIENT + ")");

  private static final String NOTE_TOKENS =
      KEEP
          + """
          SELECT 'TOKEN', jti, 0, ?, forget_at FROM access_tokens
          WHERE forget_at > ? AND grant_id IS NULL AND %s\
          """
          + AT_MOST_ONCE;

  private static final String NOTE_TOKEN = NOTE_TOKENS.formatted("jti = ?");

  private static final String NOTE_TOKENS_OF_CLIENT = NOTE_TOKENS.formatted("client_id = ?");

  static final String FIND =
      """
      SELECT kind, name, generation, ended_at, forget_at FROM ended_families
      WHERE forget_at > ?\
      """;

  private EndedFamilyRows() {}

  /** The access tokens of a grant as it stands. */
  static void note(Sql sql, GrantId grant, Instant now) throws SQLException {
    sql.update(NOTE_GRANT, now, now, grant.value());
  }

  /** Those of the grants of a client that come first. */
  static void noteSomeGrantsOf(Sql sql, ClientId client, int limit, Instant now)
      throws SQLException {
    sql.update(NOTE_SOME_GRANTS_OF_CLIENT, now, now, client.value(), limit);
  }

  /** All of a client: those of its grants, and those that it got for itself. */
  static void noteAllOf(Sql sql, ClientId client, Instant now) throws SQLException {
    sql.update(NOTE_GRANTS_OF_CLIENT, now, now, client.value());
    sql.update(NOTE_TOKENS_OF_CLIENT, now, now, client.value());
  }

  /** One that a client got for itself. */
  static void note(Sql sql, Jti jti, Instant now) throws SQLException {
    sql.update(NOTE_TOKEN, now, now, jti.value());
  }

  static List<EndedFamily> all(Sql sql, Instant now) throws SQLException {
    return sql.all(FIND, EndedFamilyRows::read, now);
  }

  private static EndedFamily read(Row row) throws SQLException {
    String name = row.text("name");
    TokenFamily family =
        switch (row.text("kind")) {
          case "GRANT" -> TokenFamily.of(new GrantId(name), row.number("generation"));
          case "TOKEN" -> TokenFamily.of(new Jti(name));
          default -> throw new IllegalStateException("No family is of such a kind");
        };
    return new EndedFamily(family, row.instant("ended_at"), row.instant("forget_at"));
  }
}
