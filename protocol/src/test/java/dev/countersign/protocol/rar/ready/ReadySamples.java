package dev.countersign.protocol.rar.ready;

import dev.countersign.protocol.oauth.ResourceIndicator;
import java.time.LocalDate;
import java.util.List;

/** Of each ready type one object that has every member. */
final class ReadySamples {
  static final List<ResourceIndicator> API =
      List.of(new ResourceIndicator("https://api.example.com"));
  static final LocalDate DAY = LocalDate.of(2027, 3, 31);

  static final Account MERCHANT = Account.of("DE02100100109307118603");
  static final Account OWN = Account.of("DE02120300000000202051").withCurrency("EUR");

  static final PaymentInitiation PAYMENT =
      PaymentInitiation.of(Amount.of("EUR", "123.50"), "Merchant A", MERCHANT)
          .withDebtorAccount(OWN)
          .withCreditorAgent("BANKDEFF100")
          .withRemittanceInformationUnstructured("Invoice 7")
          .withEndToEndIdentification("E2E-7")
          .withRequestedExecutionDate(DAY)
          .withActions(PaymentInitiation.Action.INITIATE, PaymentInitiation.Action.STATUS)
          .withLocations(API);

  static final AccountInformation ACCOUNTS =
      AccountInformation.of(
              AccountInformation.Action.LIST_ACCOUNTS, AccountInformation.Action.READ_BALANCES)
          .withAccounts(OWN, MERCHANT)
          .withFrequencyPerDay(4)
          .withValidUntil(DAY)
          .withLocations(API);

  static final HealthRecordAccess HEALTH =
      HealthRecordAccess.of(
              List.of(HealthRecordAccess.Action.READ),
              List.of(
                  HealthRecordAccess.Datatype.MEDICATIONS, HealthRecordAccess.Datatype.ALLERGIES),
              HealthRecordAccess.Purpose.TREATMENT)
          .withIdentifier("record-7")
          .withPeriod(Period.of(LocalDate.of(2020, 1, 1), DAY))
          .withValidUntil(DAY)
          .withLocations(API);

  static final DocumentSigning SIGNING =
      DocumentSigning.of(
              DocumentSigning.HashAlgorithm.SHA_256,
              List.of(DocumentDigest.of(new byte[32], "Contract of sale")))
          .withSignatureQualifier(DocumentSigning.SignatureQualifier.EU_EIDAS_QES)
          .withCredentialId("key-1")
          .withLocations(API);

  private ReadySamples() {}
}
