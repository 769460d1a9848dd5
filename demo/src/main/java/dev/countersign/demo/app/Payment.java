package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A payment that a person ordered.
 *
 * @param order names it, so that it is sent once; the bank is told, so that two payments of the
 *     same amount to the same payee are two
 * @param creditor who gets it
 * @param account of who gets it, an IBAN
 * @param allowed what the person said yes to, once that is known
 * @param outcome what came of it
 */
record Payment(
    String order,
    String creditor,
    String account,
    Money amount,
    Optional<Allowed> allowed,
    Outcome outcome) {
  private static final String TYPE = "payment_initiation";
  private static final String DEBTOR = "debtorAccount";

  /** An order of which the bank has not heard yet. */
  Payment(String order, String creditor, String account, Money amount) {
    this(order, creditor, account, amount, Optional.empty(), new Outcome.Asked());
  }

  /**
   * What the person allowed.
   *
   * @param permission the yes
   * @param detail what it is to, with the account that the person chose
   */
  record Allowed(Permission permission, AuthorizationDetail detail) {

    /** The account that pays, an IBAN; empty if the bank does not say. */
    Optional<String> from() {
      try {
        Optional<JsonObject> debtor = detail.json().object(DEBTOR);
        return debtor.isEmpty() ? Optional.empty() : debtor.get().string("iban");
      } catch (MalformedJsonException e) {
        return Optional.empty();
      }
    }

    /** The order as the bank's API takes it: what was allowed, and no more. */
    JsonObject order() {
      return detail.json().without("type").without("locations");
    }
  }

  /** What came of a payment. */
  sealed interface Outcome {
    /** The person was sent to the bank to allow it and has not come back yet. */
    record Asked() implements Outcome {}

    /** The bank was told to pay and has not answered yet. */
    record UnderWay() implements Outcome {}

    /**
     * It is booked.
     *
     * @param id of the booking
     * @param balance of the account after it
     */
    record Booked(String id, Money balance) implements Outcome {}

    /** The bank did not do it: the account does not hold so much. */
    record InsufficientFunds() implements Outcome {}

    /** The bank did not do it, for another reason. */
    record Refused() implements Outcome {}

    /** No answer came: it may be booked or not. */
    record Unknown() implements Outcome {}
  }

  Payment with(Outcome known) {
    return new Payment(order, creditor, account, amount, allowed, known);
  }

  /** The same on its way to the bank. */
  Payment sentBy(Allowed yes) {
    return new Payment(order, creditor, account, amount, Optional.of(yes), new Outcome.UnderWay());
  }

  /**
   * What the person is asked to allow: this payment, from an account to be chosen at the bank.
   *
   * @param bank the bank's API, which shall take the order
   */
  AuthorizationDetail asked(URI bank) {
    JsonObject json =
        JsonObject.builder()
            .put("type", TYPE)
            .put("locations", List.of(bank.toString()))
            .put(
                "instructedAmount",
                JsonObject.builder()
                    .put("amount", amount.text())
                    .put("currency", amount.currency())
                    .build())
            .put("creditorName", creditor)
            .put("creditorAccount", JsonObject.builder().put("iban", account).build())
            .put("endToEndIdentification", order)
            .build();
    try {
      return AuthorizationDetail.of(json);
    } catch (MalformedJsonException e) {
      throw new IllegalStateException("the type has a name", e);
    }
  }

  /** Whether a yes is to this payment: the account that pays is all that the bank may add. */
  boolean isAllowedBy(AuthorizationDetail detail, URI bank) {
    return detail.json().without(DEBTOR).equals(asked(bank).json());
  }
}
