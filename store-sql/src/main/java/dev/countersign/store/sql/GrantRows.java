package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.Grant;
import dev.countersign.store.GrantChange;
import dev.countersign.store.GrantFilter;
import dev.countersign.store.GrantRecord;
import dev.countersign.store.Grants.RevokeOutcome;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.OnceKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code grants}. */
final class GrantRows {

  /** The grants of a client that come first. */
  static final String SOME_OF_CLIENT =
      "SELECT grant_id FROM grants WHERE client_id = ? ORDER BY grant_id LIMIT ?";

  private static final String MAKE =
      "INSERT INTO grants ("
          + GrantColumns.NAMES
          + ", last_used_at, forget_at) VALUES ("
          + GrantColumns.PLACES
          + ", ?, ?)";

  /** Both the check and the change: of two that race only one finds the revision. */
  private static final String CHANGE =
      "UPDATE grants SET ("
          + GrantColumns.WHAT
          + ", last_used_at, forget_at) = ("
          + GrantColumns.PLACES_OF_WHAT
          + """
          , ?, max(?, (SELECT coalesce(max(t.forget_at), 0) FROM access_tokens t
              WHERE t.grant_id = grants.grant_id)))
          WHERE revision = ? AND generation = ? AND forget_at > ?
            AND grant_id = ? AND client_id = ? AND subject = ?\
          """;

  private static final String USE = "UPDATE grants SET last_used_at = ? WHERE grant_id = ?";

  private static final String USE_LONGER =
      "UPDATE grants SET last_used_at = ?, forget_at = ? WHERE grant_id = ?";

  private static final String FIND = "SELECT * FROM grants WHERE grant_id = ? AND forget_at > ?";

  private static final String PAGE =
      """
      SELECT * FROM grants WHERE %s AND grant_id > ? AND forget_at > ?
      ORDER BY grant_id LIMIT ?\
      """;

  private static final String PAGE_OF_PERSON = PAGE.formatted("subject = ?");

  private static final String PAGE_OF_CLIENT = PAGE.formatted("client_id = ?");

  private static final String PAGE_OF_BOTH = PAGE.formatted("subject = ? AND client_id = ?");

  /** The texts of {@link #page}. */
  static final List<String> PAGES = List.of(PAGE_OF_PERSON, PAGE_OF_CLIENT, PAGE_OF_BOTH);

  /** The tokens of the grant go with it, by their foreign keys. */
  private static final String END =
      "DELETE FROM grants WHERE grant_id = ? RETURNING subject, client_id";

  private static final String END_SOME_OF_CLIENT =
      "DELETE FROM grants WHERE grant_id IN (" + SOME_OF_CLIENT + ") RETURNING subject";

  private GrantRows() {}

  /** Makes the grant of a code with its first tokens. */
  @Enforces({"SP-6.8-4"})
  static void make(Sql sql, Grant grant, CodeRows.Tokens tokens, Instant now) throws SQLException {
    sql.update(MAKE, GrantColumns.values(grant, now, end(tokens)));
    TokenRows.keep(sql, grant, tokens, now);
  }

  /**
   * Changes a grant and gives it other tokens; false if it is not what the change was worked out
   * from. The caller then undoes what was done.
   */
  @Enforces({"GM-5.2-4", "GM-5.2-5", "GM-10-2"})
  static boolean change(Sql sql, GrantChange change, CodeRows.Tokens tokens, Instant now)
      throws SQLException {
    Grant after = change.after();
    TokenRows.endRefreshTokens(sql, after.id());
    if (change.replaces()) {
      TokenRows.endAccessTokens(sql, after.id(), now);
    }
    int changed =
        sql.update(
            CHANGE,
            GrantColumns.valuesOfWhat(
                after,
                now,
                end(tokens),
                change.before().revision(),
                change.before().generation(),
                now));
    if (changed == 0) {
      return false;
    }
    TokenRows.keep(sql, after, tokens, now);
    return true;
  }

  /** Notes that the client got a token, and that the grant is not over before that is. */
  static void use(Sql sql, GrantId grant, NewAccessToken token, long forgetAt, Instant now)
      throws SQLException {
    long end = Nanos.of(token.expiresAt());
    if (end > forgetAt) {
      sql.update(USE_LONGER, now, end, grant.value());
    } else {
      sql.update(USE, now, grant.value());
    }
  }

  static Optional<GrantRecord> find(Sql sql, GrantId grant, Instant now) throws SQLException {
    return sql.first(FIND, GrantRows::read, grant.value(), now);
  }

  static List<GrantRecord> page(
      Sql sql, GrantFilter filter, Optional<GrantId> after, int limit, Instant now)
      throws SQLException {
    // No id is empty, so that all of them come after it.
    String id = after.map(GrantId::value).orElse("");
    if (filter.person().isEmpty()) {
      String client = filter.client().orElseThrow().value();
      return sql.all(PAGE_OF_CLIENT, GrantRows::read, client, id, now, limit);
    }
    String person = filter.person().get().value();
    if (filter.client().isEmpty()) {
      return sql.all(PAGE_OF_PERSON, GrantRows::read, person, id, now, limit);
    }
    String client = filter.client().get().value();
    return sql.all(PAGE_OF_BOTH, GrantRows::read, person, client, id, now, limit);
  }

  static Change<RevokeOutcome> revoke(Sql sql, GrantId grant, Set<OnceKey> once, Instant now)
      throws SQLException {
    Optional<OnceKey> replayed = OnceKeyRows.useUp(sql, once);
    if (replayed.isPresent()) {
      return Change.undone(new RevokeOutcome.KeyReplayed(replayed.get()));
    }
    return Change.kept(
        end(sql, grant, now) ? new RevokeOutcome.Revoked() : new RevokeOutcome.AlreadyGone());
  }

  /**
   * Ends the grant, with it all its tokens and what is remembered of its person and client; false
   * if there is none.
   */
  @Enforces({"SP-6.8-4"})
  static boolean end(Sql sql, GrantId grant, Instant now) throws SQLException {
    EndedFamilyRows.note(sql, grant, now);
    Optional<Parties> parties =
        sql.first(
            END,
            row ->
                new Parties(new Subject(row.text("subject")), new ClientId(row.text("client_id"))),
            grant.value());
    if (parties.isPresent()) {
      ConsentRows.forget(sql, parties.get().person(), parties.get().client());
    }
    return parties.isPresent();
  }

  /** Who gave a grant, and whom it was given to. */
  private record Parties(Subject person, ClientId client) {}

  /**
   * Ends the first grants of a client as {@link #end} does; how many. With the last ones goes what
   * is remembered of people whose grants were over before, and codes that would make others.
   */
  @Enforces({"SP-6.8-4"})
  static Change<Integer> endSomeOf(Sql sql, ClientId client, int limit, Instant now)
      throws SQLException {
    EndedFamilyRows.noteSomeGrantsOf(sql, client, limit, now);
    List<Subject> people =
        sql.all(END_SOME_OF_CLIENT, row -> new Subject(row.text("subject")), client.value(), limit);
    for (Subject person : new HashSet<>(people)) {
      ConsentRows.forget(sql, person, client);
    }
    if (people.size() < limit) {
      ConsentRows.forgetAll(sql, client);
      CodeRows.forgetOpen(sql, client);
    }
    return Change.kept(people.size());
  }

  private static long end(CodeRows.Tokens tokens) {
    long access = Nanos.of(tokens.access().expiresAt());
    return tokens.refresh().map(token -> Math.max(access, TokenRows.end(token))).orElse(access);
  }

  private static GrantRecord read(Row row) throws SQLException {
    Optional<Instant> expiresAt =
        row.number("forget_at") == Nanos.NEVER
            ? Optional.empty()
            : Optional.of(row.instant("forget_at"));
    return new GrantRecord(GrantColumns.read(row), expiresAt, row.instant("last_used_at"));
  }
}
