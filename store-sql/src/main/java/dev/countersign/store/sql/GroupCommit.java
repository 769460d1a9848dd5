package dev.countersign.store.sql;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs operations in one transaction and answers their callers after its commit. Holds the one
 * connection that writes; for the writer's thread only, and after that has ended for whoever ended
 * it.
 *
 * <p>After a transaction that failed as a whole the connection is given up and the next transaction
 * begins on a new one: nothing of a doubtful state is carried on, and a disk that has room again is
 * used again.
 */
final class GroupCommit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private final Connections connections;
  private @Nullable Sql current;

  GroupCommit(Connections connections, Sql first) {
    this.connections = connections;
    this.current = first;
  }

  /** Commits what the tasks did, each on its own whole or not at all, and answers them. */
  void commit(List<Task<?>> tasks) {
    try {
      Sql sql = sql();
      sql.execute("BEGIN IMMEDIATE");
      for (Task<?> task : tasks) {
        task.perform(sql);
      }
      sql.execute("COMMIT");
    } catch (Throwable e) {
      // The edge of the writer's thread: an Error of one operation must not end all writing.
      giveUp(e);
      tasks.forEach(task -> task.fail(e));
      LOG.error("A transaction of {} operations failed: {}", tasks.size(), e.toString());
      return;
    }
    tasks.forEach(Task::answer);
  }

  @Override
  public void close() throws SQLException {
    Sql sql = current;
    current = null;
    if (sql != null) {
      sql.close();
    }
  }

  private Sql sql() throws SQLException {
    if (current == null) {
      current = new Sql(connections.writer());
    }
    return current;
  }

  private void giveUp(Throwable cause) {
    try {
      close();
    } catch (Throwable e) {
      if (!e.equals(cause)) {
        cause.addSuppressed(e);
      }
    }
  }
}
