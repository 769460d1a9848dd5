package dev.countersign.server.details;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;

/** Writes sums of money as people of one language do, to the last digit: never rounded. */
final class Amounts {
  /** Signs that stand for one currency alone wherever they are read; a dollar is anybody's. */
  private static final Set<String> SIGNS = Set.of("EUR", "GBP");

  private final Locale locale;

  Amounts(Locale locale) {
    this.locale = locale;
  }

  /**
   * A sum with the sign or code of its currency, and with as many digits after the point as that
   * has, or more if it came with more.
   *
   * @param currency as it came; one that is unknown is written as it is
   */
  String amount(BigDecimal amount, String currency) {
    int digits = digits(currency);
    if (!SIGNS.contains(currency)) {
      return number(amount, digits) + "\u00a0" + currency;
    }
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(Currency.getInstance(currency));
    return exact(format, amount, digits);
  }

  /** A number with at least so many digits after the point. */
  String number(BigDecimal number, int digits) {
    return exact(NumberFormat.getNumberInstance(locale), number, digits);
  }

  private static String exact(NumberFormat format, BigDecimal number, int digits) {
    int scale = Math.max(digits, number.stripTrailingZeros().scale());
    format.setMinimumFractionDigits(Math.max(0, scale));
    format.setMaximumFractionDigits(Math.max(0, scale));
    format.setMaximumIntegerDigits(Integer.MAX_VALUE);
    return format.format(number);
  }

  private static int digits(String currency) {
    try {
      return Currency.getInstance(currency).getDefaultFractionDigits();
    } catch (IllegalArgumentException unknown) {
      return 0;
    }
  }
}
