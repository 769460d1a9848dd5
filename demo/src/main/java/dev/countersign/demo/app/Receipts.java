package dev.countersign.demo.app;

import dev.countersign.demo.bank.Money;
import java.util.Optional;

/** Tells what came of a payment. */
final class Receipts {
  private Receipts() {}

  /**
   * The page of a payment.
   *
   * @param againToken token of the form that tries to pay the same once more
   */
  static Screen.Receipt of(Payment payment, String againToken) {
    return switch (payment.outcome()) {
      case Payment.Outcome.Booked booked -> booked(payment, booked, againToken);
      case Payment.Outcome.InsufficientFunds() ->
          of(payment, "Not paid", "Your account does not hold that much. Nothing was paid.");
      case Payment.Outcome.Refused() ->
          of(payment, "Not paid", "Your bank did not take this payment. Nothing was paid.");
      case Payment.Outcome.Asked() ->
          of(
              payment,
              "Waiting for your yes",
              "Your bank has not told us that you allow this payment, so nothing was paid. If you"
                  + " left its page, make the payment again.");
      case Payment.Outcome.UnderWay() ->
          of(
              payment,
              "On its way",
              "Your bank has not answered yet. Load this page again in a moment.");
      case Payment.Outcome.Unknown() ->
          of(
              payment,
              "We do not know",
              "Your bank gave no clear answer, so this payment may be made or not. Look at your"
                  + " bookings before you try again.");
    };
  }

  private static Screen.Receipt booked(
      Payment payment, Payment.Outcome.Booked booked, String againToken) {
    return receipt(
        payment,
        "Payment made",
        "Your bank has booked it as " + booked.id() + ".",
        Optional.of(booked.balance()),
        Optional.of(new Screen.Again(payment.order(), againToken)));
  }

  private static Screen.Receipt of(Payment payment, String heading, String explanation) {
    return receipt(payment, heading, explanation, Optional.empty(), Optional.empty());
  }

  private static Screen.Receipt receipt(
      Payment payment,
      String heading,
      String explanation,
      Optional<Money> balance,
      Optional<Screen.Again> again) {
    return new Screen.Receipt(
        heading,
        balance.isPresent(),
        payment.creditor(),
        payment.account(),
        payment.amount(),
        payment.allowed().flatMap(Payment.Allowed::from),
        explanation,
        balance,
        again);
  }
}
