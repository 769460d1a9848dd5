package dev.countersign.attacker.recipe.jose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The test of Mann and Whitney: whether one of two samples tends to larger values. */
final class RankSum {
  /** Standard normal quantiles: two-sided 0.0001, and a power of 0.8. */
  private static final double ALPHA = 3.9;

  private static final double POWER = 0.84;

  /** The rank test needs so many more values than a t test, where values are normal. */
  private static final double EFFICIENCY = 1.05;

  /** From the distance of quartiles to a standard deviation, where values are normal. */
  private static final double QUARTILES = 1.349;

  private RankSum() {}

  private record Value(double value, boolean first) {}

  /** The statistic as a standard normal one; positive if the first sample is larger. */
  static double z(List<Double> first, List<Double> second) {
    List<Value> all = new ArrayList<>();
    first.forEach(value -> all.add(new Value(value, true)));
    second.forEach(value -> all.add(new Value(value, false)));
    all.sort(Comparator.comparingDouble(Value::value));
    double ranks = 0;
    for (int i = 0; i < all.size(); ) {
      int next = i;
      while (next < all.size() && all.get(next).value() == all.get(i).value()) {
        next++;
      }
      // Equal values share the mean of their ranks, which are i + 1 to next.
      double rank = (i + 1 + next) / 2.0;
      ranks += rank * all.subList(i, next).stream().filter(Value::first).count();
      i = next;
    }
    double n = first.size();
    double m = second.size();
    double u = ranks - n * (n + 1) / 2;
    return (u - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12);
  }

  /** The middle value. */
  static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  /** The least shift that the test would show four times out of five, in the unit of the values. */
  static double leastShift(List<Double> first, List<Double> second) {
    List<Double> all = new ArrayList<>(first);
    all.addAll(second);
    double deviation = (quantile(all, 0.75) - quantile(all, 0.25)) / QUARTILES;
    double n = Math.min(first.size(), second.size());
    return (ALPHA + POWER) * deviation * Math.sqrt(2 * EFFICIENCY / n);
  }

  private static double quantile(List<Double> values, double part) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(part * sorted.size())));
  }
}
