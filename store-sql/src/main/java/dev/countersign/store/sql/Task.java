package dev.countersign.store.sql;

import dev.countersign.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An operation on its way through the writer. The writer's thread calls {@link #perform}, then
 * {@link #answer} or {@link #fail}; the caller's thread waits in {@link #await}.
 */
final class Task<T> {

  private final Operation<T> operation;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private @Nullable T outcome;
  private @Nullable Exception failure;

  Task(Operation<T> operation) {
    this.operation = operation;
  }

  /**
   * Runs the operation in a savepoint of its own. If it fails or says that nothing is to stay, the
   * transaction is afterwards as it was before; an exception from here means that even this was not
   * possible and the whole transaction is lost.
   */
  void perform(Sql sql) throws SQLException {
    sql.execute("SAVEPOINT operation");
    boolean kept = false;
    try {
      Change<T> change = operation.apply(sql);
      outcome = change.outcome();
      kept = change.kept();
    } catch (SQLException | RuntimeException e) {
      failure = e;
    }
    if (!kept) {
      sql.execute("ROLLBACK TO operation");
    }
    sql.execute("RELEASE operation");
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
    if (failure != null) {
      cause.addSuppressed(failure);
    }
    future.completeExceptionally(cause);
  }

  /** Waits for the answer; anything but an answer is a {@link StoreException}. */
  T await(Duration longest) {
    try {
      return future.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failed(Optional.ofNullable(e.getCause()).orElse(e));
    } catch (TimeoutException e) {
      throw new StoreException("The store did not answer within " + longest, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("Interrupted while waiting for the store", e);
    }
  }

  private static StoreException failed(Throwable cause) {
    String reason = cause instanceof StoreException ? cause.getMessage() : "The operation failed";
    return new StoreException(reason, cause);
  }
}
