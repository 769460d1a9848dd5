package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An amount of money. Two of them are equal if they are written the same: {@code 1.5} is not {@code
 * 1.50}.
 *
 * @param currency ISO 4217
 * @param amount more than nothing, with at most 12 digits before the point and 4 behind it
 */
public record Amount(String currency, BigDecimal amount) {
  static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,11})(\\.[0-9]{1,4})?");

  /** Refuses any other amount and what cannot be a currency with IllegalArgumentException. */
  public Amount {
    Bounds.requireForm("Amount.currency", currency, CURRENCY, "three capital letters (ISO 4217)");
    if (amount.signum() <= 0 || amount.precision() - amount.scale() > 12 || amount.scale() > 4) {
      throw new IllegalArgumentException(
          "Amount.amount must be more than 0, with at most 12 digits before the point and 4"
              + " behind");
    }
  }

  /**
   * An amount in decimal digits, for instance {@code Amount.of("EUR", "123.50")}.
   *
   * @throws IllegalArgumentException if it is none: a comma, a sign or an exponent is not taken
   */
  public static Amount of(String currency, String amount) {
    Bounds.requireForm(
        "Amount.amount", amount, DECIMAL, "digits, with a point before the last four at most");
    return new Amount(currency, new BigDecimal(amount));
  }

  static Amount read(Members members) throws MalformedJsonException {
    return Amount.of(
        Members.required("currency", members.string("currency")),
        Members.required("amount", members.string("amount")));
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("currency", currency)
        .put("amount", amount.toPlainString())
        .build();
  }
}
