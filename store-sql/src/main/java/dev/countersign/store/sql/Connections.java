package dev.countersign.store.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to the store's file, ready to use and checked. */
interface Connections {

  /** A connection that may write; one at a time is in use. */
  Connection writer() throws SQLException;

  /** A connection that cannot write and sees committed data only. */
  Connection reader() throws SQLException;
}
