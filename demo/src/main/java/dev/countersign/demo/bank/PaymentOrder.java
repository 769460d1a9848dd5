package dev.countersign.demo.bank;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.Optional;

/**
 * A payment that somebody asks for.
 *
 * @param creditor who gets it: 1 to 70 characters, none of them a control character
 * @param amount more than nothing
 */
public record PaymentOrder(String creditor, Money amount) {
  private static final int LONGEST_NAME = 70;

  /** Refuses anything else with {@link IllegalArgumentException}. */
  public PaymentOrder {
    if (!isName(creditor) || !amount.isPositive()) {
      throw new IllegalArgumentException("PaymentOrder needs a creditor and a positive amount");
    }
  }

  /**
   * Reads {@code {"creditor": "...", "amount": "12.50", "currency": "EUR"}}; other members are
   * ignored. Empty where one is missing or has no such form.
   */
  public static Optional<PaymentOrder> read(JsonObject json) {
    try {
      Optional<String> creditor = json.string("creditor").filter(PaymentOrder::isName);
      Optional<Money> amount =
          Money.read(json.string("amount").orElse(""), json.string("currency").orElse(""))
              .filter(Money::isPositive);
      return creditor.flatMap(name -> amount.map(money -> new PaymentOrder(name, money)));
    } catch (MalformedJsonException wrongType) {
      return Optional.empty();
    }
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_NAME
        && text.chars().noneMatch(Character::isISOControl);
  }
}
