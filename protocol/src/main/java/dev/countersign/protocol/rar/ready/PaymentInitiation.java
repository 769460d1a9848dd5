package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One payment, the ready type {@code payment_initiation}. It can be used once.
 *
 * <pre>{@code
 * PaymentInitiation.of(Amount.of("EUR", "123.50"), "Merchant A", Account.of(iban))
 *     .withRemittanceInformationUnstructured("Invoice 7")
 *     .toDetail()
 * }</pre>
 *
 * @param instructedAmount how much
 * @param creditorName who gets it, 1 to 140 characters
 * @param creditorAccount where
 * @param debtorAccount from where; the person may choose it on the consent page
 * @param creditorAgent the BIC of the creditor's bank
 * @param remittanceInformationUnstructured what the creditor reads, 1 to 140 characters
 * @param endToEndIdentification a reference for both, 1 to 35 characters
 * @param requestedExecutionDate on which day
 * @param actions what may be done with the payment; empty: whatever the API has
 * @param locations the APIs that it is for; empty: any
 */
public record PaymentInitiation(
    Amount instructedAmount,
    String creditorName,
    Account creditorAccount,
    Optional<Account> debtorAccount,
    Optional<String> creditorAgent,
    Optional<String> remittanceInformationUnstructured,
    Optional<String> endToEndIdentification,
    Optional<LocalDate> requestedExecutionDate,
    List<Action> actions,
    List<ResourceIndicator> locations) {

  /** The value of {@code type}. */
  public static final String TYPE = "payment_initiation";

  private static final Pattern BIC = Pattern.compile("[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?");

  /** What may be done with a payment. */
  public enum Action implements Word {
    /** Start it. */
    INITIATE("initiate"),
    /** See how it stands. */
    STATUS("status"),
    /** Take it back. */
    CANCEL("cancel");

    private final String value;

    Action(String value) {
      this.value = value;
    }

    @Override
    public String value() {
      return value;
    }
  }

  /** Copies the lists. Refuses what the type has no place for with IllegalArgumentException. */
  public PaymentInitiation {
    Bounds.requireText("PaymentInitiation.creditorName", creditorName, 140);
    creditorAgent.ifPresent(
        bic -> Bounds.requireForm("PaymentInitiation.creditorAgent", bic, BIC, "a BIC"));
    remittanceInformationUnstructured.ifPresent(
        text ->
            Bounds.requireText("PaymentInitiation.remittanceInformationUnstructured", text, 140));
    endToEndIdentification.ifPresent(
        text -> Bounds.requireText("PaymentInitiation.endToEndIdentification", text, 35));
    requestedExecutionDate.ifPresent(
        date -> Bounds.requireYear("PaymentInitiation.requestedExecutionDate", date));
    actions = Bounds.different("PaymentInitiation.actions", actions, Action.values().length);
    locations = Bounds.locations("PaymentInitiation.locations", locations);
  }

  /** A payment of which no more is said. */
  public static PaymentInitiation of(
      Amount instructedAmount, String creditorName, Account creditorAccount) {
    return new Draft(instructedAmount, creditorName, creditorAccount).payment();
  }

  /**
   * Reads an object of the type.
   *
   * @throws MalformedJsonException if it is of another type, a member is missing, wrong or unknown
   */
  public static PaymentInitiation from(AuthorizationDetail detail) throws MalformedJsonException {
    return Members.read(TYPE, detail, PaymentInitiation::read);
  }

  /**
   * Reads all objects of the type, in their order; those of other types are left alone.
   *
   * @throws MalformedJsonException as {@link #from}
   */
  public static List<PaymentInitiation> in(AuthorizationDetails details)
      throws MalformedJsonException {
    return Members.readAll(TYPE, details, PaymentInitiation::read);
  }

  private static PaymentInitiation read(Members members) throws MalformedJsonException {
    return new PaymentInitiation(
        Members.required("instructedAmount", members.object("instructedAmount", Amount::read)),
        Members.required("creditorName", members.string("creditorName")),
        Members.required("creditorAccount", members.object("creditorAccount", Account::read)),
        members.object("debtorAccount", Account::read),
        members.string("creditorAgent"),
        members.string("remittanceInformationUnstructured"),
        members.string("endToEndIdentification"),
        members.date("requestedExecutionDate"),
        members.words("actions", Action.values()),
        members.locations());
  }

  /** The object, as it is asked for and compared. */
  public AuthorizationDetail toDetail() {
    return AuthorizationDetail.of(
        TYPE,
        JsonObject.builder()
            .put("locations", Members.places(locations))
            .put("actions", Members.texts(actions))
            .put("instructedAmount", instructedAmount.toJson())
            .put("debtorAccount", debtorAccount.map(Account::toJson))
            .put("creditorName", creditorName)
            .put("creditorAccount", creditorAccount.toJson())
            .put("creditorAgent", creditorAgent)
            .put("remittanceInformationUnstructured", remittanceInformationUnstructured)
            .put("endToEndIdentification", endToEndIdentification)
            .put("requestedExecutionDate", requestedExecutionDate.map(LocalDate::toString))
            .build());
  }

  /** The same from this account. */
  public PaymentInitiation withDebtorAccount(Account account) {
    return with(draft -> draft.debtorAccount = Optional.of(account));
  }

  /** The same to an account at the bank with this BIC. */
  public PaymentInitiation withCreditorAgent(String bic) {
    return with(draft -> draft.creditorAgent = Optional.of(bic));
  }

  /** The same with a text for the creditor. */
  public PaymentInitiation withRemittanceInformationUnstructured(String text) {
    return with(draft -> draft.remittanceInformationUnstructured = Optional.of(text));
  }

  /** The same with a reference for both sides. */
  public PaymentInitiation withEndToEndIdentification(String reference) {
    return with(draft -> draft.endToEndIdentification = Optional.of(reference));
  }

  /** The same on this day. */
  public PaymentInitiation withRequestedExecutionDate(LocalDate date) {
    return with(draft -> draft.requestedExecutionDate = Optional.of(date));
  }

  /** The same for these actions alone. */
  public PaymentInitiation withActions(Action... wanted) {
    return with(draft -> draft.actions = List.of(wanted));
  }

  /** The same for these APIs alone. */
  public PaymentInitiation withLocations(List<ResourceIndicator> wanted) {
    return with(draft -> draft.locations = wanted);
  }

  /** The name: who pays whom is for nobody's log. */
  @Override
  public String toString() {
    return "PaymentInitiation";
  }

  private PaymentInitiation with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.payment();
  }

  /** A payment while parts of it are said; for one thread. */
  private static final class Draft {
    private final Amount instructedAmount;
    private final String creditorName;
    private final Account creditorAccount;
    private Optional<Account> debtorAccount = Optional.empty();
    private Optional<String> creditorAgent = Optional.empty();
    private Optional<String> remittanceInformationUnstructured = Optional.empty();
    private Optional<String> endToEndIdentification = Optional.empty();
    private Optional<LocalDate> requestedExecutionDate = Optional.empty();
    private List<Action> actions = List.of();
    private List<ResourceIndicator> locations = List.of();

    Draft(Amount instructedAmount, String creditorName, Account creditorAccount) {
      this.instructedAmount = instructedAmount;
      this.creditorName = creditorName;
      this.creditorAccount = creditorAccount;
    }

    Draft(PaymentInitiation payment) {
      this(payment.instructedAmount, payment.creditorName, payment.creditorAccount);
      debtorAccount = payment.debtorAccount;
      creditorAgent = payment.creditorAgent;
      remittanceInformationUnstructured = payment.remittanceInformationUnstructured;
      endToEndIdentification = payment.endToEndIdentification;
      requestedExecutionDate = payment.requestedExecutionDate;
      actions = payment.actions;
      locations = payment.locations;
    }

    PaymentInitiation payment() {
      return new PaymentInitiation(
          instructedAmount,
          creditorName,
          creditorAccount,
          debtorAccount,
          creditorAgent,
          remittanceInformationUnstructured,
          endToEndIdentification,
          requestedExecutionDate,
          actions,
          locations);
    }
  }
}
