package dev.countersign.store.sql;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.requirement.Enforces;
import dev.countersign.store.Registration;
import dev.countersign.store.Registrations.RegisterOutcome;
import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables {@code registrations} and {@code registration_count}. */
final class RegistrationRows {

  private static final String COUNT_ONE_MORE =
      "UPDATE registration_count SET there = there + 1 WHERE id = 1 AND there < ?";

  private static final String COUNT_ONE_LESS =
      "UPDATE registration_count SET there = there - 1 WHERE id = 1";

  private static final String KEEP =
      """
      INSERT INTO registrations (client_id, access_token, metadata, issued_at, unused_since)
      VALUES (?, ?, ?, ?, ?)\
      """;

  private static final String FIND =
      """
      SELECT client_id, access_token, metadata, issued_at, unused_since FROM registrations
      WHERE client_id = ?\
      """;

  private static final String IS_THERE = "SELECT 1 FROM registrations WHERE client_id = ?";

  private static final String REPLACE = "UPDATE registrations SET metadata = ? WHERE client_id = ?";

  private static final String UNUSED_SINCE =
      "UPDATE registrations SET unused_since = ? WHERE client_id = ? AND unused_since IS NOT NULL";

  private static final String USED =
      "UPDATE registrations SET unused_since = NULL WHERE client_id = ?";

  private static final String FIND_UNUSED =
      """
      SELECT client_id FROM registrations
      WHERE unused_since <= ? ORDER BY unused_since LIMIT ?\
      """;

  private static final String END = "DELETE FROM registrations WHERE client_id = ?";

  /** All that hangs on a client; interactions and tokens of grants go by their foreign keys. */
  private static final List<String> END_ALL_OF_IT =
      List.of(
          "DELETE FROM pushed_requests WHERE client_id = ?",
          "DELETE FROM codes WHERE client_id = ?",
          "DELETE FROM grants WHERE client_id = ?",
          "DELETE FROM access_tokens WHERE client_id = ? AND grant_id IS NULL",
          "DELETE FROM consents WHERE client_id = ?");

  private RegistrationRows() {}

  static Change<RegisterOutcome> register(Sql sql, Registration registration, int limit)
      throws SQLException {
    if (sql.update(COUNT_ONE_MORE, limit) == 0) {
      return Change.undone(RegisterOutcome.FULL);
    }
    sql.update(
        KEEP,
        registration.client().value(),
        registration.accessToken(),
        registration.metadata().toJson(),
        registration.issuedAt(),
        registration.used() ? Optional.empty() : Optional.of(registration.issuedAt()));
    return Change.kept(RegisterOutcome.REGISTERED);
  }

  static Optional<Registration> find(Sql sql, ClientId client) throws SQLException {
    return sql.first(FIND, RegistrationRows::read, client.value());
  }

  static boolean isThere(Sql sql, ClientId client) throws SQLException {
    return sql.first(IS_THERE, _ -> true, client.value()).isPresent();
  }

  @Enforces({"DC-4"})
  static Change<Boolean> replace(
      Sql sql,
      ClientId client,
      SecretDigest accessToken,
      JsonObject before,
      JsonObject metadata,
      Instant now)
      throws SQLException {
    if (own(sql, client, accessToken).filter(kept -> kept.metadata().equals(before)).isEmpty()) {
      return Change.undone(false);
    }
    sql.update(REPLACE, metadata.toJson(), client.value());
    sql.update(UNUSED_SINCE, now, client.value());
    return Change.kept(true);
  }

  static Change<Boolean> recordAuthentication(Sql sql, ClientId client) throws SQLException {
    return sql.update(USED, client.value()) == 0 ? Change.undone(false) : Change.kept(true);
  }

  static Change<List<ClientId>> endUnused(Sql sql, Instant since, int limit, Instant now)
      throws SQLException {
    List<ClientId> unused =
        sql.all(FIND_UNUSED, row -> new ClientId(row.text("client_id")), since, limit);
    for (ClientId client : unused) {
      end(sql, client, now);
    }
    return Change.kept(unused);
  }

  @Enforces({"DC-4"})
  static Change<Boolean> end(Sql sql, ClientId client, SecretDigest accessToken, Instant now)
      throws SQLException {
    boolean ended = own(sql, client, accessToken).isPresent() && end(sql, client, now);
    return ended ? Change.kept(true) : Change.undone(false);
  }

  static Change<Boolean> endForOperator(Sql sql, ClientId client, Instant now) throws SQLException {
    return end(sql, client, now) ? Change.kept(true) : Change.undone(false);
  }

  private static boolean end(Sql sql, ClientId client, Instant now) throws SQLException {
    if (sql.update(END, client.value()) == 0) {
      return false;
    }
    sql.update(COUNT_ONE_LESS);
    EndedFamilyRows.noteAllOf(sql, client, now);
    for (String text : END_ALL_OF_IT) {
      sql.update(text, client.value());
    }
    return true;
  }

  /** Compared here and not by SQL, which does not do it in constant time. */
  @Enforces({"DC-6"})
  private static Optional<Registration> own(Sql sql, ClientId client, SecretDigest accessToken)
      throws SQLException {
    return find(sql, client).filter(kept -> kept.accessToken().equals(accessToken));
  }

  private static Registration read(Row row) throws SQLException {
    try {
      return new Registration(
          new ClientId(row.text("client_id")),
          row.digest("access_token"),
          JsonObject.parse(row.text("metadata")),
          row.instant("issued_at"),
          !row.has("unused_since"));
    } catch (MalformedJsonException e) {
      throw new StoreException("The stored metadata of a client cannot be read", e);
    }
  }
}
