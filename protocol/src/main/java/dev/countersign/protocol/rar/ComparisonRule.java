package dev.countersign.protocol.rar;

import dev.countersign.requirement.Enforces;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.chrono.ChronoLocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * When the value of one member is within another (RFC 9396 section 6.1). Every rule takes a value
 * that is equal, and is transitive: a part of a part is a part.
 */
@Enforces({"RAR-6.1-1", "RAR-12-2"})
sealed interface ComparisonRule {

  /** Whether {@code asked} is no more than {@code granted}; values as a JSON object gives them. */
  boolean isWithin(Object asked, Object granted);

  /** The same value, written the same way: strings are not normalised. */
  record Equal() implements ComparisonRule {
    @Override
    public boolean isWithin(Object asked, Object granted) {
      return asked.equals(granted);
    }
  }

  /** The member says nothing about how much is allowed: it may differ, and be absent. */
  record Any() implements ComparisonRule {
    @Override
    public boolean isWithin(Object asked, Object granted) {
      return true;
    }
  }

  /** Two arrays: each element asked for is also granted. */
  record Subset() implements ComparisonRule {
    @Override
    public boolean isWithin(Object asked, Object granted) {
      return asked.equals(granted)
          || (asked instanceof List<?> some
              && granted instanceof List<?> all
              && !some.isEmpty()
              && Set.copyOf(all).containsAll(some));
    }
  }

  /** Numbers, decimal numbers in strings, dates or times: the granted one is the upper bound. */
  record AtMost() implements ComparisonRule {
    @Override
    public boolean isWithin(Object asked, Object granted) {
      return asked.equals(granted) || Quantity.isOrdered(asked, granted);
    }
  }

  /** The same with the granted one as the lower bound. */
  record AtLeast() implements ComparisonRule {
    @Override
    public boolean isWithin(Object asked, Object granted) {
      return asked.equals(granted) || Quantity.isOrdered(granted, asked);
    }
  }

  /**
   * Two words or arrays of words: each word asked for is granted, or is implied by one that is.
   *
   * @param words what each word implies, with all that is implied by that in turn
   */
  record Implies(Map<String, Set<String>> words) implements ComparisonRule {
    public Implies {
      words = Map.copyOf(words);
    }

    /** Follows what implied words imply themselves; a circle makes them mean the same. */
    static Implies of(Map<String, List<String>> direct) {
      Map<String, Set<String>> all = new HashMap<>();
      for (String word : direct.keySet()) {
        Set<String> reached = new LinkedHashSet<>();
        follow(word, direct, reached);
        all.put(word, Collections.unmodifiableSet(reached));
      }
      return new Implies(all);
    }

    private static void follow(String word, Map<String, List<String>> direct, Set<String> reached) {
      for (String implied : direct.getOrDefault(word, List.of())) {
        if (reached.add(implied)) {
          follow(implied, direct, reached);
        }
      }
    }

    @Override
    public boolean isWithin(Object asked, Object granted) {
      Set<Object> allowed = new HashSet<>(words(granted));
      words(granted).forEach(word -> allowed.addAll(impliedBy(word)));
      return asked.equals(granted)
          || (asked instanceof List<?> == granted instanceof List<?>
              && !words(asked).isEmpty()
              && allowed.containsAll(words(asked)));
    }

    /** A word or words with all that they imply behind them; the same if that is nothing more. */
    Object withImplied(Object value) {
      Set<Object> all = new LinkedHashSet<>(words(value));
      words(value).forEach(word -> all.addAll(impliedBy(word)));
      return words(value).containsAll(all) ? value : List.copyOf(all);
    }

    private Set<String> impliedBy(Object word) {
      return word instanceof String text ? words.getOrDefault(text, Set.of()) : Set.of();
    }

    private static List<?> words(Object value) {
      return value instanceof List<?> several ? several : List.of(value);
    }
  }

  /** What has an order. Values of different kinds have none between them. */
  final class Quantity {
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private Quantity() {}

    /** Whether both are of one kind and the first is not greater. */
    static boolean isOrdered(Object first, Object second) {
      return bothAtMost(number(first), number(second))
          || bothAtMost(decimal(first), decimal(second))
          || bothAtMost(date(first), date(second))
          || bothAtMost(
              time(first).map(OffsetDateTime::toInstant),
              time(second).map(OffsetDateTime::toInstant));
    }

    private static <T extends Comparable<? super T>> boolean bothAtMost(
        Optional<T> first, Optional<T> second) {
      return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) <= 0;
    }

    /** A JSON number. */
    static Optional<BigDecimal> number(Object value) {
      return switch (value) {
        case Long number -> Optional.of(BigDecimal.valueOf(number));
        case BigInteger number -> Optional.of(new BigDecimal(number));
        case BigDecimal number -> Optional.of(number);
        default -> Optional.empty();
      };
    }

    /** Decimal digits in a string, as amounts are written. */
    static Optional<BigDecimal> decimal(Object value) {
      return value instanceof String text && DECIMAL.matcher(text).matches()
          ? Optional.of(new BigDecimal(text))
          : Optional.empty();
    }

    private static Optional<ChronoLocalDate> date(Object value) {
      try {
        return value instanceof String text ? Optional.of(LocalDate.parse(text)) : Optional.empty();
      } catch (DateTimeParseException noDate) {
        return Optional.empty();
      }
    }

    private static Optional<OffsetDateTime> time(Object value) {
      try {
        return value instanceof String text
            ? Optional.of(OffsetDateTime.parse(text))
            : Optional.empty();
      } catch (DateTimeParseException noTime) {
        return Optional.empty();
      }
    }
  }
}
