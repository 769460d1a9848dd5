package dev.countersign.store.sql;

import dev.countersign.protocol.oauth.SecretDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One connection and the statements prepared on it, each text once. For one thread at a time. Every
 * result is read to its end and closed before a method returns, so that no statement stays open
 * across the end of a transaction.
 */
final class Sql implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Makes one object of one row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  /** Runs a text that changes rows and gives back none; returns how many changed. */
  int update(String text, Object... values) throws SQLException {
    return bound(text, values).executeUpdate();
  }

  /** Runs a text that begins, ends or sets something. */
  void execute(String text) throws SQLException {
    bound(text).execute();
  }

  /** The row of a text that gives back at most one. */
  <T> Optional<T> first(String text, RowReader<T> reader, Object... values) throws SQLException {
    List<T> rows = all(text, reader, values);
    if (rows.size() > 1) {
      throw new IllegalStateException("More than one row: " + text);
    }
    return rows.stream().findFirst();
  }

  /** The rows of a text, in its order. */
  <T> List<T> all(String text, RowReader<T> reader, Object... values) throws SQLException {
    try (ResultSet result = bound(text, values).executeQuery()) {
      List<T> rows = new ArrayList<>();
      Row row = new Row(result);
      while (result.next()) {
        rows.add(reader.read(row));
      }
      return rows;
    }
  }

  /** Closes the connection; what it had not committed is gone. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private PreparedStatement bound(String text, Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(text);
    if (statement == null) {
      statement = connection.prepareStatement(text);
      prepared.put(text, statement);
    }
    for (int i = 0; i < values.length; i++) {
      bind(statement, i + 1, values[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, Object value)
      throws SQLException {
    switch (value) {
      case Optional<?> optional when optional.isPresent() -> bind(statement, index, optional.get());
      case Optional<?> _ -> statement.setNull(index, Types.NULL);
      case SecretDigest digest -> statement.setBytes(index, digest.sha256());
      case Instant instant -> statement.setLong(index, Nanos.of(instant));
      case Long number -> statement.setLong(index, number);
      case Integer number -> statement.setLong(index, number);
      case String text -> statement.setString(index, text);
      default -> throw new IllegalStateException("No column holds a " + value.getClass());
    }
  }
}
