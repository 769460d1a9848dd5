package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Amounts and days as people read them. */
public final class Texts {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.UK).withZone(ZoneOffset.UTC);

  private Texts() {}

  /** For example {@code €1,520.00}; with a minus sign where it is negative. */
  public static String amount(Money money) {
    String sign = money.amount().signum() < 0 ? "\u2212" : "";
    return sign + symbol(money) + String.format(Locale.UK, "%,.2f", money.amount().abs());
  }

  /** The same with a plus sign where it is positive. */
  public static String change(Money money) {
    return (money.isPositive() ? "+" : "") + amount(money);
  }

  /** For example {@code DE89 3704 0044 0532 0130 00}. */
  public static String iban(String iban) {
    return iban.replaceAll("(.{4})(?=.)", "$1 ");
  }

  /** For example {@code 3 May 2026}. */
  public static String day(Instant instant) {
    return DAY.format(instant);
  }

  /** For example {@code 2026-05-03}, for machines. */
  public static String isoDay(Instant instant) {
    return DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(instant);
  }

  /** What is in all accounts of the first one's currency; empty text without accounts. */
  public static String total(List<AccountLine> accounts) {
    if (accounts.isEmpty()) {
      return "";
    }
    String currency = accounts.getFirst().balance().currency();
    return amount(
        accounts.stream()
            .map(AccountLine::balance)
            .filter(money -> money.currency().equals(currency))
            .reduce(Money::plus)
            .orElseThrow());
  }

  private static String symbol(Money money) {
    return switch (money.currency()) {
      case "EUR" -> "\u20ac";
      case "GBP" -> "\u00a3";
      default -> money.currency() + "\u00a0";
    };
  }
}
