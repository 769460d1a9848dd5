package dev.countersign.demo.bank;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.DetailType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A payment that somebody asks for, in the words of the type {@code payment_initiation}.
 *
 * @param creditor who gets it: 1 to 70 characters, none of them a control character
 * @param from the account that pays, an IBAN
 * @param amount more than nothing
 * @param said the whole order, whatever else it says: what is not understood here must still be
 *     what the person allowed
 */
public record PaymentOrder(String creditor, String from, Money amount, JsonObject said) {
  /** What a person must allow before it is paid. */
  public static final DetailType TYPE = DetailType.ready("payment_initiation");

  private static final int LONGEST_NAME = 70;

  /** What we say of an order ourselves, whatever it says: it is paid here, and now. */
  private static final Set<String> OURS =
      Set.of("type", "locations", "actions", "requestedExecutionDate");

  /** Refuses anything else with {@link IllegalArgumentException}. */
  public PaymentOrder {
    if (!isName(creditor) || !amount.isPositive()) {
      throw new IllegalArgumentException("PaymentOrder needs a creditor and a positive amount");
    }
  }

  /**
   * Reads {@code {"instructedAmount": {"amount": "12.50", "currency": "EUR"}, "creditorName":
   * "...", "debtorAccount": {"iban": "..."}, ...}}. Empty where one of these is missing or has no
   * such form.
   */
  public static Optional<PaymentOrder> read(JsonObject json) {
    try {
      Optional<Money> amount = amount(json).filter(Money::isPositive);
      Optional<String> creditor = json.string("creditorName").filter(PaymentOrder::isName);
      Optional<JsonObject> debtor = json.object("debtorAccount");
      if (amount.isEmpty() || creditor.isEmpty() || debtor.isEmpty()) {
        return Optional.empty();
      }
      return debtor
          .get()
          .string("iban")
          .map(from -> new PaymentOrder(creditor.get(), from, amount.get(), json));
    } catch (MalformedJsonException wrongType) {
      return Optional.empty();
    }
  }

  private static Optional<Money> amount(JsonObject json) throws MalformedJsonException {
    Optional<JsonObject> instructed = json.object("instructedAmount");
    return instructed.isEmpty()
        ? Optional.empty()
        : Money.read(
            instructed.get().string("amount").orElse(""),
            instructed.get().string("currency").orElse(""));
  }

  /**
   * All that is about to be done, to be held against what was granted.
   *
   * @param here who is about to do it
   */
  public AuthorizationDetail wanted(ResourceIndicator here) {
    Set<String> theirs =
        said.names().stream()
            .filter(name -> !OURS.contains(name))
            .collect(Collectors.toUnmodifiableSet());
    JsonObject.Builder whole =
        said.only(theirs).toBuilder()
            .put("type", TYPE.name())
            .put("locations", List.of(here.value()))
            .put("actions", List.of("initiate"));
    try {
      return AuthorizationDetail.of(whole.build());
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the type has a name", e);
    }
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= LONGEST_NAME
        && text.chars().noneMatch(Character::isISOControl);
  }
}
