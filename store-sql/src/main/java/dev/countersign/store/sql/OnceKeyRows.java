package dev.countersign.store.sql;

import dev.countersign.requirement.Enforces;
import dev.countersign.store.OnceKey;
import dev.countersign.store.OnceKeys;
import dev.countersign.store.OnceKeys.Outcome;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** The table {@code once_keys}. */
final class OnceKeyRows {

  private static final String USE =
      """
      INSERT INTO once_keys (kind, digest, forget_at) VALUES (?, ?, ?)
      ON CONFLICT DO NOTHING\
      """;

  private OnceKeyRows() {}

  static Change<Outcome> useOnce(Sql sql, Set<OnceKey> keys) throws SQLException {
    Optional<OnceKey> replayed = useUp(sql, keys);
    return replayed.isPresent()
        ? Change.undone(new Outcome.Replayed(replayed.get()))
        : Change.kept(new Outcome.Used());
  }

  /**
   * Uses up the keys. If one was used before, it is returned, and the operation is to be undone:
   * others may have been used up by then. They come in the order of their kinds, so that a caller
   * who sends a message twice is always told the same.
   */
  @Enforces({"CA-3", "DP-15"})
  static Optional<OnceKey> useUp(Sql sql, Set<OnceKey> keys) throws SQLException {
    for (OnceKey key : keys.stream().sorted(Comparator.comparing(OnceKey::kind)).toList()) {
      long forgetAt = Nanos.after(key.until().plus(OnceKeys.MARGIN));
      if (sql.update(USE, key.kind().name(), key.digest(), forgetAt) == 0) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }
}
