package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;

/**
 * A payment that a person ordered.
 *
 * @param creditor who gets it
 * @param outcome what came of it
 */
record Payment(String creditor, Money amount, Outcome outcome) {

  /** What came of a payment. */
  sealed interface Outcome {
    /** The bank was asked and has not answered yet. */
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
    return new Payment(creditor, amount, known);
  }
}
