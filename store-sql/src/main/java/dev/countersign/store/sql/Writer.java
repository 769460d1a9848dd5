package dev.countersign.store.sql;

import dev.countersign.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one thread that writes. It takes what waits, up to {@value #MOST_TOGETHER} operations, and
 * has them committed together: callers that wait at the same time share one sync of the disk. Any
 * number of threads may call {@link #perform} at once.
 */
final class Writer implements AutoCloseable {

  /** Operations in one transaction at most. */
  static final int MOST_TOGETHER = 256;

  private static final int MOST_WAITING = 10_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final GroupCommit transactions;
  private final BlockingQueue<Task<?>> waiting = new LinkedBlockingQueue<>();
  private final ReentrantLock gate = new ReentrantLock();
  private final Task<Boolean> last = new Task<>(_ -> Change.undone(true));
  private final Thread thread;
  private boolean open = true;

  private Writer(GroupCommit transactions) {
    this.transactions = transactions;
    this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::run);
  }

  /** A writer at work. */
  static Writer start(GroupCommit transactions) {
    Writer writer = new Writer(transactions);
    writer.thread.start();
    return writer;
  }

  /**
   * Runs the operation and waits until what it did is on the disk. If the store is closed,
   * overloaded or broken, or if the caller was interrupted before it began, a {@link
   * StoreException} says so.
   */
  <T> T perform(Operation<T> operation) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException("Interrupted before the store was asked; nothing happened");
    }
    Task<T> task = new Task<>(operation);
    accept(task);
    return task.await(LONGEST_WAIT);
  }

  /** Finishes what was accepted, accepts nothing more and ends the thread. */
  @Override
  public void close() {
    gate.lock();
    try {
      if (open) {
        open = false;
        waiting.add(last);
      }
    } finally {
      gate.unlock();
    }
    joinWhateverHappens();
  }

  private void joinWhateverHappens() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(Task<?> task) {
    gate.lock();
    try {
      if (!open) {
        throw new StoreException("The store is closed");
      }
      if (waiting.size() >= MOST_WAITING) {
        throw new StoreException("Too many operations wait for the store");
      }
      waiting.add(task);
    } finally {
      gate.unlock();
    }
  }

  private void run() {
    List<Task<?>> together = new ArrayList<>(MOST_TOGETHER);
    try {
      boolean ended = false;
      while (!ended) {
        together.clear();
        together.add(waiting.take());
        waiting.drainTo(together, MOST_TOGETHER - 1);
        ended = together.remove(last);
        if (!together.isEmpty()) {
          transactions.commit(together);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts the writer", e);
    } finally {
      // Nothing is left here after a proper end. After an Error nobody may wait for ever.
      end(together);
    }
  }

  private void end(List<Task<?>> together) {
    gate.lock();
    try {
      open = false;
      waiting.drainTo(together);
    } finally {
      gate.unlock();
    }
    together.forEach(task -> task.fail(new StoreException("The store's writer has ended")));
  }
}
