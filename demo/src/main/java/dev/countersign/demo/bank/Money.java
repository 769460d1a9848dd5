package dev.countersign.demo.bank;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An amount in a currency; negative where it leaves an account.
 *
 * @param amount with two digits after the point
 * @param currency three letters, for example {@code EUR}
 */
public record Money(BigDecimal amount, String currency) {
  private static final Pattern AMOUNT = Pattern.compile("(0|[1-9][0-9]{0,9})(\\.[0-9]{1,2})?");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  /** Refuses fractions of a cent and what is no currency with {@link IllegalArgumentException}. */
  public Money {
    if (amount.stripTrailingZeros().scale() > 2 || !CURRENCY.matcher(currency).matches()) {
      throw new IllegalArgumentException("Money needs at most two decimals and a currency code");
    }
    amount = amount.setScale(2);
  }

  /**
   * Reads an amount: digits, then at most two behind a point, for example {@code 12.50}; up to ten
   * digits before it. Empty for anything else, a sign included.
   */
  public static Optional<Money> read(String amount, String currency) {
    return AMOUNT.matcher(amount).matches() && CURRENCY.matcher(currency).matches()
        ? Optional.of(new Money(new BigDecimal(amount), currency))
        : Optional.empty();
  }

  /** The same amount, leaving instead of coming. */
  public Money negate() {
    return new Money(amount.negate(), currency);
  }

  /** The sum; refuses another currency with {@link IllegalArgumentException}. */
  public Money plus(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("Money.plus needs the same currency");
    }
    return new Money(amount.add(other.amount), currency);
  }

  /** Whether it is more than nothing. */
  public boolean isPositive() {
    return amount.signum() > 0;
  }

  /** The amount as it is sent, for example {@code -12.50}. */
  public String text() {
    return amount.toPlainString();
  }
}
