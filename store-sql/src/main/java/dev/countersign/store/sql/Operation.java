package dev.countersign.store.sql;

import java.sql.SQLException;

/** One operation of the port, as the writer runs it inside its savepoint. */
@FunctionalInterface
interface Operation<T> {

  /** Runs the statements of the operation; a thrown exception undoes them. */
  Change<T> apply(Sql sql) throws SQLException;
}
