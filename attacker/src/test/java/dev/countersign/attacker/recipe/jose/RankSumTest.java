package dev.countersign.attacker.recipe.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The statistic by which times are compared. */
class RankSumTest {
  private static final long SEED = 20260101;

  private static List<Double> normal(Random random, double mean) {
    return IntStream.range(0, 300).mapToObj(_ -> mean + random.nextGaussian()).toList();
  }

  @Test
  void isZeroForSamplesThatInterleave() {
    assertThat(RankSum.z(List.of(1.0, 4.0), List.of(2.0, 3.0))).isZero();
  }

  @Test
  void isZeroForEqualValues() {
    assertThat(RankSum.z(List.of(5.0, 5.0, 5.0), List.of(5.0, 5.0))).isZero();
  }

  @Test
  void isTheNormalApproximationOfTheRankSum() {
    // U = 9 of 9, mean 4.5, variance 9 * 7 / 12.
    assertThat(RankSum.z(List.of(4.0, 5.0, 6.0), List.of(1.0, 2.0, 3.0)))
        .isCloseTo(4.5 / Math.sqrt(5.25), within(1e-9));
  }

  @Test
  void isNegativeIfTheFirstIsSmaller() {
    assertThat(RankSum.z(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0))).isNegative();
  }

  @Test
  void seesTheLeastShiftThatItSaysItWouldSee() {
    Random random = new Random(SEED);
    List<Double> first = normal(random, 0);
    List<Double> second = normal(random, 0);
    double least = RankSum.leastShift(first, second);
    assertThat(Math.abs(RankSum.z(first, second))).isLessThan(3.9);
    List<Double> shifted = first.stream().map(value -> value + 1.3 * least).toList();
    assertThat(RankSum.z(shifted, second)).isGreaterThan(3.9);
  }
}
