package dev.countersign.attacker.recipe.flow;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How hard it is to guess one of many values, as far as can be seen from a sample of them. */
final class Randomness {
  private final List<String> sample;
  private final int length;

  /** Of values in the order in which they were made. */
  Randomness(List<String> sample) {
    this.sample = List.copyOf(sample);
    this.length = sample.stream().mapToInt(String::length).min().orElse(0);
  }

  /** Whether no value occurs twice. */
  boolean isDistinct() {
    return Set.copyOf(sample).size() == sample.size();
  }

  /**
   * Bits, at most: of each position, as many as its different characters make. A small sample has
   * not seen all characters: what varies is then taken to be of the alphabet of all positions.
   */
  double bits() {
    int alphabet = (int) varying().flatMap(at -> characters(at).stream()).distinct().count();
    boolean large = sample.size() >= 3 * alphabet;
    return varying().mapToDouble(at -> log2(large ? characters(at).size() : alphabet)).sum();
  }

  /**
   * The share of values that are greater than the one before: about a half, unless they count or
   * tell the time.
   */
  double ascending() {
    long greater =
        IntStream.range(1, sample.size())
            .filter(i -> sample.get(i).compareTo(sample.get(i - 1)) > 0)
            .count();
    return sample.size() < 2 ? 0.5 : (double) greater / (sample.size() - 1);
  }

  private Stream<Integer> varying() {
    return IntStream.range(0, length).boxed().filter(at -> characters(at).size() > 1);
  }

  private Set<Character> characters(int at) {
    return sample.stream().map(value -> value.charAt(at)).collect(Collectors.toSet());
  }

  private static double log2(int number) {
    return Math.log(number) / Math.log(2);
  }
}
