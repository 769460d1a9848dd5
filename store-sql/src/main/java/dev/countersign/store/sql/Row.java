package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.SecretDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The row a result stands at, read by column name. */
final class Row {

  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  String text(String column) throws SQLException {
    return result.getString(column);
  }

  Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(result.getString(column));
  }

  long number(String column) throws SQLException {
    return result.getLong(column);
  }

  Instant instant(String column) throws SQLException {
    return Nanos.toInstant(result.getLong(column));
  }

  boolean has(String column) throws SQLException {
    return result.getObject(column) != null;
  }

  SecretDigest digest(String column) throws SQLException {
    return SecretDigest.ofSha256(result.getBytes(column));
  }
}
