package dev.countersign.demo.app;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.Tokens;
import dev.countersign.client.TransportFault;
import dev.countersign.client.UserStart;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.grants.GrantManagement;
import dev.countersign.protocol.http.EndUserPresent;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays. To have connected does not allow that: the person is sent to the bank with each payment, as
 * {@code authorization_details}, and the bank's API pays what was allowed there, once.
 */
final class Paying {
  private static final Logger LOG = LoggerFactory.getLogger(Paying.class);
  private static final EndUserPresent PRESENT = new EndUserPresent(true);
  private static final Pattern ORDER = Pattern.compile("SB[0-9A-Z]{16}");
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LONG = 16;

  private final FapiClient client;
  private final BankClient bank;
  private final URI api;
  private final Pages pages;
  private final SecureRandom random;

  /**
   * For one application.
   *
   * @param api the bank's API, without a path
   */
  Paying(FapiClient client, BankClient bank, URI api, Pages pages, SecureRandom random) {
    this.client = client;
    this.bank = bank;
    this.api = api;
    this.pages = pages;
    this.random = random;
  }

  /** The form of a payment that has a name from the start. */
  HttpResponse form(Visit visit) {
    return pages.show(
        200,
        form(
            visit,
            order(),
            PaymentInput.TO_BEGIN_WITH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        visit);
  }

  /** People read it on the bank's page, so it is short and has no letters that look alike. */
  private String order() {
    StringBuilder order = new StringBuilder("SB");
    for (int i = 0; i < LONG; i++) {
      order.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return order.toString();
  }

  /** Sends the person to the bank, to allow the payment and to choose the account that pays. */
  HttpResponse ask(Visit visit, Visitor visitor) throws ClientException, TroubleException {
    Form form = visit.form();
    String order = order(visit, form, "pay:");
    PaymentInput typed = PaymentInput.of(form);
    Optional<Payment> payment = typed.payment(order).map(visitor::ask);
    if (payment.isEmpty()) {
      return pages.show(
          422,
          form(
              visit,
              order,
              typed,
              typed.creditorFault(),
              typed.accountFault(),
              typed.amountFault()),
          visit);
    }
    if (!(payment.get().outcome() instanceof Payment.Outcome.Asked)) {
      return HttpResponse.redirect303(place(payment.get()));
    }
    return HttpResponse.redirect303(client.begin(start(visit), wanted(payment.get())).value());
  }

  /** The form's own token was looked at, which is good for this payment alone. */
  private static UserStart start(Visit visit) throws ClientException {
    BrowserSession session = visit.session();
    return session.confirmStart(session.startToken());
  }

  private FlowRequest wanted(Payment payment) {
    return FlowRequest.of(Scope.OPENID)
        .withAuthorizationDetails(AuthorizationDetails.of(payment.asked(api)))
        .withGrantManagement(GrantManagement.create());
  }

  /** The browser is back and the person said yes to a payment: now it is made, once. */
  HttpResponse allowed(Visitor visitor, Tokens tokens) throws ClientException, TroubleException {
    for (AuthorizationDetail detail : tokens.authorizationDetails().list()) {
      Optional<Payment> payment = visitor.payments().stream().filter(is(detail)).findFirst();
      if (payment.isPresent() && visitor.isPersonOf(tokens)) {
        send(visitor, payment.get(), new Payment.Allowed(new Permission(tokens), detail));
        return HttpResponse.redirect303(place(payment.get()));
      }
    }
    client.revoke(tokens, PRESENT);
    throw new TroubleException(Trouble.NOT_THIS_PAYMENT);
  }

  private Predicate<Payment> is(AuthorizationDetail detail) {
    return payment -> payment.isAllowedBy(detail, api);
  }

  private void send(Visitor visitor, Payment payment, Payment.Allowed yes)
      throws ClientException, TroubleException {
    if (!visitor.send(payment, yes)) {
      // Two pages of the bank were open for one payment: the second yes is not needed.
      client.revoke(yes.permission().tokens(), PRESENT);
      return;
    }
    // Only who says that nothing was done is believed that.
    Payment.Outcome outcome = new Payment.Outcome.Unknown();
    try {
      outcome = bank.pay(yes);
    } catch (TransportFault noAnswer) {
      LOG.info("a payment got no answer: {}", noAnswer.getMessage());
    } catch (ClientException | TroubleException notSent) {
      outcome = new Payment.Outcome.Refused();
      throw notSent;
    } finally {
      visitor.end(payment, outcome);
    }
  }

  /** Tries to pay once more by the same yes, which the bank must not do. */
  HttpResponse again(Visit visit, Visitor visitor) throws ClientException, TroubleException {
    Payment made = find(visitor, order(visit, visit.form(), "again:"));
    Payment.Allowed yes =
        made.allowed().orElseThrow(() -> new TroubleException(Trouble.NO_SUCH_PAGE));
    Payment.Outcome outcome = bank.pay(yes);
    if (outcome instanceof Payment.Outcome.Booked) {
      LOG.error("the bank paid {} twice", made.order());
      throw new TroubleException(Trouble.PAID_TWICE);
    }
    throw new TroubleException(
        outcome instanceof Payment.Outcome.Unknown ? Trouble.UNAVAILABLE : Trouble.ONCE);
  }

  /** What came of a payment. */
  HttpResponse receipt(Visit visit, Visitor visitor, String order) throws TroubleException {
    Payment payment = find(visitor, order);
    String again = FormToken.of(visit.session(), "again:" + order);
    return pages.show(200, Receipts.of(payment, again), visit);
  }

  private static Payment find(Visitor visitor, String order) throws TroubleException {
    return visitor.payment(order).orElseThrow(() -> new TroubleException(Trouble.NO_SUCH_PAGE));
  }

  private static URI place(Payment payment) {
    return URI.create("/payments/" + payment.order());
  }

  /** The order that a form names, once its token is seen to be of that form. */
  private static String order(Visit visit, Form form, String purpose) throws TroubleException {
    String order = form.value("order").filter(ORDER.asMatchPredicate()).orElse("");
    FormToken.require(visit.session(), purpose + order, form.value("token").orElse(""));
    return order;
  }

  private static Screen.PaymentForm form(
      Visit visit,
      String order,
      PaymentInput typed,
      Optional<String> creditorFault,
      Optional<String> accountFault,
      Optional<String> amountFault) {
    return new Screen.PaymentForm(
        FormToken.of(visit.session(), "pay:" + order),
        order,
        typed.creditor(),
        typed.account(),
        typed.amount(),
        creditorFault,
        accountFault,
        amountFault);
  }
}
