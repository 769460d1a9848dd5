package dev.countersign.store.sql;

import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An operation on its way through the writer. The writer's thread calls {@link #perform}, then
 * {@link #answer} or {@link #fail}; the caller's thread waits in {@link #await}. A caller who gives
 * up before it is performed takes it back: it is then never performed.
 */
final class Task<T> {

  private enum Stage {
    QUEUED,
    PERFORMED,
    TAKEN_BACK
  }

  private final Operation<T> operation;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private @Nullable T outcome;
  private @Nullable Exception failure;

  Task(Operation<T> operation) {
    this.operation = operation;
  }

  /**
   * Runs the operation in a savepoint of its own. If it fails or says that nothing is to stay, the
   * transaction is afterwards as it was before; an exception from here means that even this was not
   * possible and the whole transaction is lost. Does nothing if the caller took it back.
   */
  void perform(Sql sql) throws SQLException {
    if (!stage.compareAndSet(Stage.QUEUED, Stage.PERFORMED)) {
      return;
    }
    sql.execute("SAVEPOINT operation");
    boolean kept = false;
    try {
      Change<T> change = operation.apply(sql);
      outcome = change.outcome();
      kept = change.kept();
    } catch (SQLException | RuntimeException e) {
      failure = e;
    }
    try {
      if (!kept) {
        sql.execute("ROLLBACK TO operation");
      }
      sql.execute("RELEASE operation");
    } catch (SQLException e) {
      throw lost(e);
    }
  }

  /**
   * Why the transaction is lost. When the disk is full, SQLite ends it by itself and then knows no
   * savepoint any more: what the operation met is the cause, not what that led to.
   */
  private SQLException lost(SQLException e) {
    return failure == null ? e : new SQLException(failure.getMessage(), failure);
  }

  /** Gives the caller what the operation came to; only after the commit. */
  void answer() {
    if (failure != null) {
      future.completeExceptionally(failure);
    } else if (outcome != null) {
      future.complete(outcome);
    } else {
      future.completeExceptionally(new IllegalStateException("Answered before it was performed"));
    }
  }

  /** Tells the caller that nothing is known to have happened. */
  void fail(Throwable cause) {
    future.completeExceptionally(failure == null ? cause : failure);
  }

  /**
   * Waits for the answer; anything but an answer is a {@link StoreException}. After an interrupt or
   * the longest time an operation that has not begun is taken back. One that has begun is waited
   * for in spite of an interrupt: what it did may stand.
   */
  T await(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
          if (takeBack()) {
            throw new StoreException("Interrupted before the store began; nothing happened", e);
          }
        }
      }
    } catch (ExecutionException e) {
      throw failed(Optional.ofNullable(e.getCause()).orElse(e));
    } catch (TimeoutException e) {
      String happened = takeBack() ? "nothing happened" : "what happened is unknown";
      throw new StoreException("The store did not answer within " + longest + "; " + happened, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean takeBack() {
    return stage.compareAndSet(Stage.QUEUED, Stage.TAKEN_BACK);
  }

  private static StoreException failed(Throwable cause) {
    String reason = cause instanceof StoreException ? cause.getMessage() : "The operation failed";
    return new StoreException(reason, cause);
  }
}
