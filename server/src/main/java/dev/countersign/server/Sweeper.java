package dev.countersign.server;

import dev.countersign.edge.FailureLine;
import dev.countersign.server.register.RegistrationSweep;
import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has expired from the store, in the background, and registrations that nobody uses.
 * If that fails it tries again later: nothing depends on it but the room on the disk, and that for
 * registrations.
 */
final class Sweeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 1000;

  /** Fewer, since all that hangs on a client goes in the same step. */
  private static final int CLIENTS_AT_ONCE = 100;

  private final Store store;
  private final Optional<RegistrationSweep> registrations;
  private final InstantSource clock;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("countersign-sweeper").daemon(true).factory());

  Sweeper(Store store, Optional<RegistrationSweep> registrations, InstantSource clock) {
    this.store = store;
    this.registrations = registrations;
    this.clock = clock;
  }

  void start() {
    var _ =
        executor.scheduleWithFixedDelay(
            this::sweep, PAUSE.toSeconds(), PAUSE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Removes what has expired now; whatever happens, this returns and the next run comes. */
  void sweep() {
    try {
      repeat(() -> store.sweep(clock.instant(), AT_ONCE));
      registrations.ifPresent(sweep -> repeat(() -> sweep.sweep(clock.instant(), CLIENTS_AT_ONCE)));
    } catch (StoreException e) {
      LOG.warn("expired rows could not be removed; trying again later: {}", FailureLine.of(e));
    } catch (Throwable e) {
      // The edge of this thread: what escapes, an Error too, would end the sweeping without a word.
      LOG.error("sweeping is broken; trying again later: {}", FailureLine.of(e));
    }
  }

  private void repeat(IntSupplier removal) {
    int removed;
    do {
      removed = removal.getAsInt();
    } while (removed > 0 && !executor.isShutdown());
  }

  @Override
  public void close() {
    executor.close();
  }
}
