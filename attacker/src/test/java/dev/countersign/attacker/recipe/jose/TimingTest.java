package dev.countersign.attacker.recipe.jose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When enough was measured. Times are in milliseconds. */
class TimingTest {
  private final Random random = new Random(20261127);

  private List<Double> times(int number, double mean, double deviation) {
    return IntStream.range(0, number)
        .mapToObj(_ -> mean + deviation * random.nextGaussian())
        .toList();
  }

  @Test
  void isNotDecidedBeforeAnythingWasMeasured() {
    assertThat(Timing.isDecided(List.of(), List.of())).isFalse();
  }

  @Test
  void isDecidedWhereAMillisecondCouldNotBeMissed() {
    assertThat(Timing.isDecided(times(250, 10, 0.5), times(250, 10, 0.5))).isTrue();
  }

  @Test
  void isNotDecidedWhereAMillisecondCouldBeMissed() {
    assertThat(Timing.isDecided(times(250, 10, 5), times(250, 10, 5))).isFalse();
    assertThat(Timing.isDecided(times(2500, 10, 5), times(2500, 10, 5))).isTrue();
  }

  @Test
  void isDecidedWhereADifferenceIsSure() {
    assertThat(Timing.isDecided(times(250, 20, 5), times(250, 10, 5))).isTrue();
    assertThat(Timing.isDecided(times(250, 10, 5), times(250, 20, 5))).isTrue();
  }
}
