package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;
import dev.countersign.protocol.http.Form;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a person typed into the form of a payment.
 *
 * @param creditor who gets the money
 * @param account of who gets it
 */
record PaymentInput(String creditor, String account, String amount) {
  /** What the form begins with: a made-up payee, so that nobody needs to know an IBAN. */
  static final PaymentInput TO_BEGIN_WITH =
      new PaymentInput("Corner Bookshop", "DE89 3704 0044 0532 0130 00", "");

  private static final String CURRENCY = "EUR";
  private static final int LONGEST_NAME = 70;
  private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");

  static PaymentInput of(Form form) {
    return new PaymentInput(typed(form, "creditor"), typed(form, "account"), typed(form, "amount"));
  }

  private static String typed(Form form, String name) {
    return form.value(name).map(String::strip).orElse("");
  }

  /** The payment; empty while something is wrong with it. */
  Optional<Payment> payment(String order) {
    boolean wrong = creditorFault().isPresent() || accountFault().isPresent();
    return wrong
        ? Optional.empty()
        : money().map(money -> new Payment(order, creditor, iban(), money));
  }

  Optional<String> creditorFault() {
    if (creditor.isEmpty()) {
      return Optional.of("Write who gets the money.");
    }
    boolean name =
        creditor.length() <= LONGEST_NAME && creditor.chars().noneMatch(Character::isISOControl);
    return name ? Optional.empty() : Optional.of("A name has at most 70 characters.");
  }

  Optional<String> accountFault() {
    return IBAN.matcher(iban()).matches()
        ? Optional.empty()
        : Optional.of("Write the whole IBAN, for example DE89 3704 0044 0532 0130 00.");
  }

  Optional<String> amountFault() {
    if (money().isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        amount.isEmpty()
            ? "Write how much, for example 12.50."
            : "Write more than 0, with a point and at most two digits behind it, for example"
                + " 12.50.");
  }

  private Optional<Money> money() {
    return Money.read(amount, CURRENCY).filter(Money::isPositive);
  }

  /** As it is sent: without the spaces between its groups. */
  private String iban() {
    return account.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
  }
}
