package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.store.EndedFamilies;
import dev.countersign.store.EndedFamilies.Ended;
import dev.countersign.store.EndedFamily;
import dev.countersign.store.TokenFamily;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code ended_families}. Whoever removes access tokens that have not expired notes them
 * here just before, in the same transaction.
 */
final class EndedFamilyRows {

  private static final String KEEP =
      """
      INSERT INTO ended_families (kind, name, generation, client_id, resources, forget_at)
      """;

  /** A family ends once; a client that ends again does so with what it got since. */
  private static final String AT_MOST_ONCE =
      """

      ON CONFLICT DO UPDATE SET forget_at = max(forget_at, excluded.forget_at)\
      """;

  private static final String WHOSE = " RETURNING client_id";

  private static final String NOTE_GRANTS =
      KEEP
          + """
          SELECT 'GRANT', g.grant_id, g.generation, g.client_id, g.resources, max(t.forget_at)
          FROM grants g CROSS JOIN access_tokens t ON t.grant_id = g.grant_id
          WHERE t.forget_at > ? AND %s GROUP BY g.grant_id\
          """
          + AT_MOST_ONCE;

  private static final String NOTE_GRANT = NOTE_GRANTS.formatted("g.grant_id = ?") + WHOSE;

  private static final String NOTE_SOME_GRANTS_OF_CLIENT =
      NOTE_GRANTS.formatted("g.grant_id IN (" + GrantRows.SOME_OF_CLIENT + ")");

  private static final String NOTE_TOKEN =
      KEEP
          + """
          SELECT 'TOKEN', jti, 0, client_id, resources, forget_at FROM access_tokens
          WHERE forget_at > ? AND grant_id IS NULL AND jti = ?\
          """
          + AT_MOST_ONCE
          + WHOSE;

  /** The note of a client, with the end of the last of some of its tokens, if they are many. */
  private static final String NOTE_CLIENT =
      KEEP
          + """
          SELECT 'CLIENT', t.client_id, 0, t.client_id, '', max(t.forget_at) FROM %s
            AND t.forget_at > ? GROUP BY t.client_id HAVING count(*) > ?\
          """
          + AT_MOST_ONCE;

  private static final String NOTE_CLIENT_BY_GRANTS =
      NOTE_CLIENT.formatted(
          """
          grants g CROSS JOIN access_tokens t ON t.grant_id = g.grant_id WHERE g.client_id = ?\
          """);

  private static final String NOTE_CLIENT_BY_OWN_TOKENS =
      NOTE_CLIENT.formatted("access_tokens t WHERE t.grant_id IS NULL AND t.client_id = ?");

  private static final String NOTE_CLIENT_BY_NOTES =
      NOTE_CLIENT.formatted("ended_families t WHERE t.client_id = ?");

  private static final String FORGET_OTHERS_OF_CLIENT =
      "DELETE FROM ended_families WHERE client_id = ? AND kind <> 'CLIENT'";

  /** No URI has a space. */
  static final String FIND =
      """
      SELECT kind, name, generation, forget_at FROM ended_families
      WHERE forget_at > ?
        AND (kind = 'CLIENT' OR instr(' ' || resources || ' ', ' ' || ? || ' ') > 0)\
      """;

  private EndedFamilyRows() {}

  /** The access tokens of a grant as it stands. */
  static void note(Sql sql, GrantId grant, Instant now) throws SQLException {
    bound(sql, sql.all(NOTE_GRANT, EndedFamilyRows::client, now, grant.value()), now);
  }

  /** One that a client got for itself. */
  static void note(Sql sql, Jti jti, Instant now) throws SQLException {
    bound(sql, sql.all(NOTE_TOKEN, EndedFamilyRows::client, now, jti.value()), now);
  }

  /** Those of the grants of a client that come first. */
  static void noteSomeGrantsOf(Sql sql, ClientId client, int limit, Instant now)
      throws SQLException {
    sql.update(NOTE_SOME_GRANTS_OF_CLIENT, now, client.value(), limit);
    bound(sql, List.of(client), now);
  }

  /** All of a client: those of its grants, and those that it got for itself. */
  static void noteAllOf(Sql sql, ClientId client, Instant now) throws SQLException {
    sql.update(NOTE_CLIENT_BY_GRANTS, client.value(), now, 0);
    sql.update(NOTE_CLIENT_BY_OWN_TOKENS, client.value(), now, 0);
    noteAsOne(sql, client, 0, now);
  }

  private static void bound(Sql sql, List<ClientId> clients, Instant now) throws SQLException {
    for (ClientId client : clients) {
      noteAsOne(sql, client, EndedFamilies.MOST_OF_CLIENT, now);
    }
  }

  /** Makes one note of those of a client, if they are more than so many. */
  private static void noteAsOne(Sql sql, ClientId client, int most, Instant now)
      throws SQLException {
    if (sql.update(NOTE_CLIENT_BY_NOTES, client.value(), now, most) > 0) {
      sql.update(FORGET_OTHERS_OF_CLIENT, client.value());
    }
  }

  private static ClientId client(Row row) throws SQLException {
    return new ClientId(row.text("client_id"));
  }

  static Ended find(Sql sql, ResourceIndicator resource, Instant now) throws SQLException {
    List<EndedFamily> families = new ArrayList<>();
    Map<ClientId, Instant> clients = new HashMap<>();
    for (Noted noted : sql.all(FIND, Noted::read, now, resource.value())) {
      switch (noted.kind()) {
        case "GRANT" ->
            families.add(noted.as(TokenFamily.of(new GrantId(noted.name()), noted.generation())));
        case "TOKEN" -> families.add(noted.as(TokenFamily.of(new Jti(noted.name()))));
        case "CLIENT" -> clients.put(new ClientId(noted.name()), noted.expiresAt());
        default -> throw new IllegalStateException("No family is of such a kind");
      }
    }
    return new Ended(families, clients);
  }

  private record Noted(String kind, String name, long generation, Instant expiresAt) {
    static Noted read(Row row) throws SQLException {
      return new Noted(
          row.text("kind"), row.text("name"), row.number("generation"), row.instant("forget_at"));
    }

    EndedFamily as(TokenFamily family) {
      return new EndedFamily(family, expiresAt);
    }
  }
}
