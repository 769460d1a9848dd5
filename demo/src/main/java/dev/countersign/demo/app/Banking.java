package dev.countersign.demo.app;

import dev.countersign.client.ClientException;
import dev.countersign.client.TransportFault;
import dev.countersign.demo.bank.Money;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Jti;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a connected person does: looks at accounts and pays. */
final class Banking {
  private static final Logger LOG = LoggerFactory.getLogger(Banking.class);
  private static final String CURRENCY = "EUR";
  private static final int LONGEST_NAME = 70;
  private static final Pattern ORDER = Pattern.compile("[A-Za-z0-9_-]{22,64}");

  private final BankClient bank;
  private final Pages pages;
  private final SecureRandom random;

  Banking(BankClient bank, Pages pages, SecureRandom random) {
    this.bank = bank;
    this.pages = pages;
    this.random = random;
  }

  HttpResponse accounts(Visit visit, Visitor visitor) throws ClientException, TroubleException {
    return pages.show(200, new Screen.Accounts(bank.accounts(visitor)), visit);
  }

  HttpResponse bookings(Visit visit, Visitor visitor, String id)
      throws ClientException, TroubleException {
    List<AccountLine> mine = bank.accounts(visitor);
    AccountLine account =
        mine.stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> new TroubleException(Trouble.NO_SUCH_PAGE));
    return pages.show(200, new Screen.Bookings(account, bank.bookings(visitor, account)), visit);
  }

  /** The empty form of a payment that has a name from the start. */
  HttpResponse form(Visit visit) {
    return pages.show(
        200,
        form(visit, Jti.random(random).value(), "", "", Optional.empty(), Optional.empty()),
        visit);
  }

  /**
   * Sends a payment, once however often its form comes: what came of it is on a page of its own.
   */
  HttpResponse pay(Visit visit, Visitor visitor) throws ClientException, TroubleException {
    Form form = visit.form();
    String order = form.value("order").filter(ORDER.asMatchPredicate()).orElse("");
    FormToken.require(visit.session(), purpose(order), form.value("token").orElse(""));
    String creditor = form.value("creditor").map(String::strip).orElse("");
    String typed = form.value("amount").map(String::strip).orElse("");
    Optional<Money> amount = Money.read(typed, CURRENCY).filter(Money::isPositive);
    Optional<String> creditorFault = creditorFault(creditor);
    if (creditorFault.isPresent() || amount.isEmpty()) {
      Optional<String> amountFault =
          amount.isPresent() ? Optional.empty() : Optional.of(amountFault(typed));
      return pages.show(
          422, form(visit, order, creditor, typed, creditorFault, amountFault), visit);
    }
    send(visitor, order, new Payment(creditor, amount.get(), new Payment.Outcome.UnderWay()));
    return HttpResponse.redirect303(URI.create("/payments/" + order));
  }

  /** What came of a payment. */
  HttpResponse receipt(Visit visit, Visitor visitor, String order) throws TroubleException {
    Payment payment =
        visitor.payment(order).orElseThrow(() -> new TroubleException(Trouble.NO_SUCH_PAGE));
    return pages.show(200, receipt(payment), visit);
  }

  private void send(Visitor visitor, String order, Payment payment)
      throws ClientException, TroubleException {
    if (!visitor.begin(order, payment)) {
      return;
    }
    // Only who says that nothing was done is believed that.
    Payment.Outcome outcome = new Payment.Outcome.Unknown();
    try {
      outcome = bank.pay(visitor, payment);
    } catch (TransportFault noAnswer) {
      LOG.info("a payment got no answer: {}", noAnswer.getMessage());
    } catch (ClientException | TroubleException notSent) {
      outcome = new Payment.Outcome.Refused();
      throw notSent;
    } finally {
      visitor.end(order, payment.with(outcome));
    }
  }

  private static Optional<String> creditorFault(String creditor) {
    if (creditor.isEmpty()) {
      return Optional.of("Write who gets the money.");
    }
    boolean name =
        creditor.length() <= LONGEST_NAME && creditor.chars().noneMatch(Character::isISOControl);
    return name ? Optional.empty() : Optional.of("A name has at most 70 characters.");
  }

  private static String amountFault(String typed) {
    return typed.isEmpty()
        ? "Write how much, for example 12.50."
        : "Write more than 0, with a point and at most two digits behind it, for example 12.50.";
  }

  private static Screen.PaymentForm form(
      Visit visit,
      String order,
      String creditor,
      String amount,
      Optional<String> creditorFault,
      Optional<String> amountFault) {
    return new Screen.PaymentForm(
        FormToken.of(visit.session(), purpose(order)),
        order,
        creditor,
        amount,
        creditorFault,
        amountFault);
  }

  private static String purpose(String order) {
    return "pay:" + order;
  }

  private static Screen.Receipt receipt(Payment payment) {
    return switch (payment.outcome()) {
      case Payment.Outcome.Booked booked ->
          receipt(
              payment,
              "Payment made",
              "Your bank has booked it as " + booked.id() + ".",
              Optional.of(booked.balance()));
      case Payment.Outcome.InsufficientFunds() ->
          receipt(
              payment,
              "Not paid",
              "Your account does not hold that much. Nothing was paid.",
              Optional.empty());
      case Payment.Outcome.Refused() ->
          receipt(
              payment,
              "Not paid",
              "Your bank did not take this payment. Nothing was paid.",
              Optional.empty());
      case Payment.Outcome.UnderWay() ->
          receipt(
              payment,
              "On its way",
              "Your bank has not answered yet. Load this page again in a moment.",
              Optional.empty());
      case Payment.Outcome.Unknown() ->
          receipt(
              payment,
              "We do not know",
              "Your bank gave no clear answer, so this payment may be made or not. Look at your"
                  + " bookings before you try again.",
              Optional.empty());
    };
  }

  private static Screen.Receipt receipt(
      Payment payment, String heading, String explanation, Optional<Money> balance) {
    return new Screen.Receipt(
        heading, balance.isPresent(), payment.creditor(), payment.amount(), explanation, balance);
  }
}
