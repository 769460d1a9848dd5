package dev.countersign.store.sql;

import java.sql.SQLException;

/** What a test does at each statement that the writer's connection runs. */
interface Statements {

  /** Before the statement runs; throwing keeps it from running. */
  void before(String text) throws SQLException;

  /** After the statement ran. */
  void after(String text) throws SQLException;
}
