package dev.countersign.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OccupancyTest {

  @Test
  void doesNotEndWhileARequestIsUnderWay() {
    Occupancy occupancy = new Occupancy();
    assertThat(occupancy.enter()).isTrue();
    assertThat(occupancy.enter()).isTrue();
    occupancy.leave();
    assertThat(occupancy.endIfEmpty()).isFalse();
    occupancy.leave();
    assertThat(occupancy.endIfEmpty()).isTrue();
  }

  @Test
  void letsNothingInOnceItHasEnded() {
    Occupancy occupancy = new Occupancy();
    assertThat(occupancy.endIfEmpty()).isTrue();
    assertThat(occupancy.enter()).isFalse();
    assertThat(occupancy.enter()).isFalse();
    assertThat(occupancy.endIfEmpty()).isFalse();
  }

  @Test
  void isEitherEnteredOrEndedWhenBothComeAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      CyclicBarrier together = new CyclicBarrier(2);
      for (int i = 0; i < 2000; i++) {
        Occupancy occupancy = new Occupancy();
        Future<Boolean> entered =
            threads.submit(
                () -> {
                  together.await();
                  return occupancy.enter();
                });
        Future<Boolean> ended =
            threads.submit(
                () -> {
                  together.await();
                  return occupancy.endIfEmpty();
                });
        assertThat(entered.get()).isNotEqualTo(ended.get());
      }
    }
  }
}
