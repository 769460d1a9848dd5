package dev.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.store.Store;
import dev.countersign.store.StoreException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What happens to the sweeping when the store cannot sweep. */
class SweeperTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  @Test
  void anErrorOfTheStoreDoesNotEndTheSweeping() {
    survives(
        () -> {
          throw new StackOverflowError("for instance");
        });
  }

  @Test
  void anAbsentStoreDoesNotEndTheSweeping() {
    survives(
        () -> {
          throw new StoreException("disk full, for instance");
        });
  }

  @Test
  void goesOnWhileSomethingWasRemoved() {
    Iterator<Integer> answers = List.of(1000, 3, 0).iterator();
    try (Sweeper sweeper = new Sweeper(storeThatSweeps(answers::next), Optional.empty(), CLOCK)) {
      sweeper.sweep();
    }

    assertThat(answers).isExhausted();
  }

  /** An executor gives a task up for good once something escapes from it. */
  private static void survives(Callable<Integer> sweeping) {
    try (Sweeper sweeper = new Sweeper(storeThatSweeps(sweeping), Optional.empty(), CLOCK)) {
      sweeper.sweep();
      sweeper.sweep();
    }
  }

  private static Store storeThatSweeps(Callable<Integer> sweeping) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, _) -> {
              assertThat(method.getName()).isEqualTo("sweep");
              return sweeping.call();
            });
  }
}
