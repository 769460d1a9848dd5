package dev.countersign.store.sql;

import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A few connections that only read. Each look is one statement and so sees one committed state. Any
 * number of threads may look at once; more than there are connections wait.
 */
final class Readers implements AutoCloseable {

  /** Looks that go on at the same time. */
  static final int COUNT = 4;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final BlockingQueue<Sql> idle = new ArrayBlockingQueue<>(COUNT);
  private final AtomicBoolean open = new AtomicBoolean(true);

  private Readers() {}

  /** A look at committed data. */
  @FunctionalInterface
  interface Look<T> {
    T at(Sql sql) throws SQLException;
  }

  /** Readers with their connections open. */
  static Readers open(Connections connections) throws SQLException {
    Readers readers = new Readers();
    try {
      for (int i = 0; i < COUNT; i++) {
        readers.idle.add(new Sql(connections.reader()));
      }
      return readers;
    } catch (SQLException | RuntimeException e) {
      for (Sql sql : readers.idle) {
        sql.close();
      }
      throw e;
    }
  }

  /** What the look sees; a {@link StoreException} if the store is closed or cannot be read. */
  <T> T look(Look<T> look) {
    Sql sql = take();
    try {
      return look.at(sql);
    } catch (SQLException | IllegalArgumentException e) {
      // A row that does not make a value of its type was changed by something else.
      throw new StoreException("The store could not be read", e);
    } finally {
      idle.add(sql);
    }
  }

  /**
   * Waits for looks that go on, in spite of an interrupt, and lets go of the connections. If a look
   * does not end in time, a {@link StoreException} says so once the others are closed.
   */
  @Override
  public void close() throws SQLException {
    if (!open.getAndSet(false)) {
      return;
    }
    List<Sql> all = new ArrayList<>();
    try {
      awaitAll(all);
    } finally {
      closeAll(all);
      // Whoever still waits for one learns at once that it is too late.
      idle.addAll(all);
    }
  }

  private void awaitAll(List<Sql> all) {
    boolean interrupted = false;
    while (all.size() < COUNT) {
      try {
        all.add(next());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeAll(List<Sql> all) throws SQLException {
    SQLException failure = null;
    for (Sql sql : all) {
      try {
        sql.close();
      } catch (SQLException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private Sql take() {
    Sql sql;
    try {
      sql = next();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while waiting for the store", e);
    }
    if (!open.get()) {
      idle.add(sql);
      throw new StoreException("The store is closed");
    }
    return sql;
  }

  private Sql next() throws InterruptedException {
    Sql sql = idle.poll(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    if (sql == null) {
      throw new StoreException("No connection to read with within " + LONGEST_WAIT);
    }
    return sql;
  }
}
