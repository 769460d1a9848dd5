package dev.countersign.store.sql;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.store.KeyRecord;
import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.util.List;

/** The table {@code server_keys}. */
final class KeyRows {

  private static final String ALL =
      """
      SELECT key_id, secret, created_at FROM server_keys WHERE purpose = ?
      ORDER BY created_at, key_id\
      """;

  private static final String KEEP =
      "INSERT INTO server_keys (purpose, key_id, secret, created_at) VALUES (?, ?, ?, ?)";

  private KeyRows() {}

  static List<KeyRecord> all(Sql sql, String purpose) throws SQLException {
    return sql.all(ALL, KeyRows::read, purpose);
  }

  static Change<List<KeyRecord>> allOrKeep(Sql sql, String purpose, List<KeyRecord> fresh)
      throws SQLException {
    if (all(sql, purpose).isEmpty()) {
      for (KeyRecord key : fresh) {
        sql.update(KEEP, purpose, key.id(), key.secret().toJson(), key.createdAt());
      }
    }
    return Change.kept(all(sql, purpose));
  }

  private static KeyRecord read(Row row) throws SQLException {
    try {
      return new KeyRecord(
          row.text("key_id"), JsonObject.parse(row.text("secret")), row.instant("created_at"));
    } catch (MalformedJsonException e) {
      throw new StoreException("A stored server key cannot be read", e);
    }
  }
}
