package dev.countersign.attacker.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests that leave at the same moment. The first request of each call waits until all others are
 * ready to leave, too; whatever a call sends after it keeps to the pace again.
 */
final class Burst {
  private static final ScopedValue<Ticket> TICKET = ScopedValue.newInstance();

  private final Phaser gate;
  private final AtomicInteger unused;

  /** For so many calls. */
  Burst(int calls) {
    this.gate = new Phaser(calls);
    this.unused = new AtomicInteger(calls);
  }

  /** The right of one call to send once, without waiting for the pace. For one thread. */
  private final class Ticket {
    private boolean used;

    boolean use() {
      if (used) {
        return false;
      }
      used = true;
      unused.decrementAndGet();
      gate.arriveAndAwaitAdvance();
      return true;
    }

    void end() {
      gate.arriveAndDeregister();
    }
  }

  /** Whether the caller belongs to a burst and sends for the first time: it was admitted before. */
  static boolean admits() {
    return TICKET.isBound() && TICKET.get().use();
  }

  /** How many calls sent nothing. */
  int unused() {
    return unused.get();
  }

  /**
   * Makes the calls, each on a thread of its own, and waits for all.
   *
   * @throws IOException if one of them does
   */
  <T> List<T> of(List<Callable<T>> calls) throws IOException {
    List<T> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> done : threads.invokeAll(calls.stream().map(this::ticketed).toList())) {
        all.add(done.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException("a request of many at once failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the attack was interrupted", e);
    }
    return all;
  }

  private <T> Callable<T> ticketed(Callable<T> call) {
    Ticket ticket = new Ticket();
    return () -> {
      try {
        return ScopedValue.where(TICKET, ticket).call(call::call);
      } finally {
        ticket.end();
      }
    };
  }
}
