package dev.countersign.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** A timer and a counter of failures for each operation of the store, made beforehand. */
final class StoreTimers {
  private static final Duration[] BUCKETS =
      LongStream.of(100, 200, 500, 1000, 2000, 5000, 10_000, 50_000, 100_000, 500_000, 1_000_000)
          .mapToObj(micros -> Duration.ofNanos(micros * 1000))
          .toArray(Duration[]::new);

  private final Map<StoreOperation, Timer> timers = new EnumMap<>(StoreOperation.class);
  private final Map<StoreOperation, Counter> failures = new EnumMap<>(StoreOperation.class);

  StoreTimers(MeterRegistry registry) {
    for (StoreOperation operation : StoreOperation.values()) {
      timers.put(
          operation,
          Timer.builder("countersign.store")
              .description("Operations of the store, waiting for its turn and the disk included")
              .tag("operation", operation.label())
              .serviceLevelObjectives(BUCKETS)
              .register(registry));
      failures.put(
          operation,
          Counter.builder("countersign.store.failures")
              .description("Operations that the store could not answer")
              .tag("operation", operation.label())
              .register(registry));
    }
  }

  <T> T timed(StoreOperation operation, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } catch (RuntimeException e) {
      of(failures, operation).increment();
      throw e;
    } finally {
      of(timers, operation).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
  }

  void run(StoreOperation operation, Runnable work) {
    boolean _ =
        timed(
            operation,
            () -> {
              work.run();
              return true;
            });
  }

  private static <M> M of(Map<StoreOperation, M> meters, StoreOperation operation) {
    M meter = meters.get(operation);
    if (meter == null) {
      throw new IllegalStateException("no meter for " + operation);
    }
    return meter;
  }
}
