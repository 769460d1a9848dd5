package dev.countersign.protocol.rar.ready;

import static dev.countersign.protocol.rar.ready.ReadySamples.ACCOUNTS;
import static dev.countersign.protocol.rar.ready.ReadySamples.HEALTH;
import static dev.countersign.protocol.rar.ready.ReadySamples.MERCHANT;
import static dev.countersign.protocol.rar.ready.ReadySamples.PAYMENT;
import static dev.countersign.protocol.rar.ready.ReadySamples.SIGNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.JsonPointer;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.protocol.rar.DetailType;
import dev.countersign.requirement.Requirement;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ready types as records: what is written is read again, and nothing unknown is. */
class ReadyRecordsTest {
  static final List<AuthorizationDetail> WHOLE =
      List.of(PAYMENT.toDetail(), ACCOUNTS.toDetail(), HEALTH.toDetail(), SIGNING.toDetail());

  private static Object from(AuthorizationDetail detail) throws MalformedJsonException {
    return switch (detail.type()) {
      case PaymentInitiation.TYPE -> PaymentInitiation.from(detail);
      case AccountInformation.TYPE -> AccountInformation.from(detail);
      case HealthRecordAccess.TYPE -> HealthRecordAccess.from(detail);
      case DocumentSigning.TYPE -> DocumentSigning.from(detail);
      default -> throw new AssertionError(detail.type());
    };
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    assertThat(PaymentInitiation.from(PAYMENT.toDetail())).isEqualTo(PAYMENT);
    assertThat(AccountInformation.from(ACCOUNTS.toDetail())).isEqualTo(ACCOUNTS);
    assertThat(HealthRecordAccess.from(HEALTH.toDetail())).isEqualTo(HEALTH);
    assertThat(DocumentSigning.from(SIGNING.toDetail())).isEqualTo(SIGNING);
  }

  @ParameterizedTest
  @FieldSource("WHOLE")
  void everyMemberOfTheTypeHasAPlace(AuthorizationDetail detail) {
    Object properties =
        JsonPointer.parse("/schema/properties")
            .find(DetailType.ready(detail.type()).file())
            .orElseThrow();
    assertThat(detail.json().names()).isEqualTo(((JsonObject) properties).names());
  }

  @ParameterizedTest
  @FieldSource("WHOLE")
  void isWithinItselfByTheRulesOfTheType(AuthorizationDetail detail) {
    assertThat(DetailType.ready(detail.type()).isWithin(detail, detail)).isTrue();
  }

  @Test
  @Requirement("RAR-2-1")
  void writesWhatTheTypeHas() throws Exception {
    assertThat(PaymentInitiation.of(Amount.of("EUR", "1.50"), "M", MERCHANT).toDetail().json())
        .isEqualTo(
            JsonObject.parse(
                """
                {"type": "payment_initiation",
                 "instructedAmount": {"currency": "EUR", "amount": "1.50"},
                 "creditorName": "M", "creditorAccount": {"iban": "DE02100100109307118603"}}
                """));
    assertThat(HEALTH.toDetail().json())
        .isEqualTo(
            JsonObject.parse(
                """
                {"type": "health_record_access", "locations": ["https://api.example.com"],
                 "actions": ["read"], "datatypes": ["medications", "allergies"],
                 "identifier": "record-7", "purpose": "treatment",
                 "period": {"from": "2020-01-01", "to": "2027-03-31"}, "validUntil": "2027-03-31"}
                """));
    assertThat(SIGNING.toDetail().text("/hashAlgorithmOID")).contains("2.16.840.1.101.3.4.2.1");
    assertThat(ACCOUNTS.toDetail().texts("/accounts/*/iban"))
        .containsExactly("DE02120300000000202051", "DE02100100109307118603");
  }

  @ParameterizedTest
  @FieldSource("WHOLE")
  void anUnknownMemberIsRefusedSinceItMayBeABound(AuthorizationDetail detail) {
    AuthorizationDetail more =
        AuthorizationDetail.of(
            detail.type(),
            detail.json().without("type").toBuilder().put("onlyOnSundays", true).build());
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> from(more))
        .withMessageContaining("onlyOnSundays");
  }

  @Test
  void anUnknownMemberInsideIsRefusedToo() {
    JsonObject account =
        JsonObject.builder().put("iban", MERCHANT.iban()).put("holder", "A").build();
    AuthorizationDetail more =
        AuthorizationDetail.of(
            PaymentInitiation.TYPE,
            PAYMENT.toDetail().json().without("type").without("creditorAccount").toBuilder()
                .put("creditorAccount", account)
                .build());
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> PaymentInitiation.from(more))
        .withMessageContaining("holder");
  }

  @Test
  void anObjectOfAnotherTypeIsNotRead() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> PaymentInitiation.from(ACCOUNTS.toDetail()))
        .withMessage("type is not payment_initiation");
  }

  @Test
  void allOfATypeAreReadAndOthersLeftAlone() throws Exception {
    AuthorizationDetails all = new AuthorizationDetails(WHOLE);

    assertThat(PaymentInitiation.in(all)).containsExactly(PAYMENT);
    assertThat(AccountInformation.in(all)).containsExactly(ACCOUNTS);
    assertThat(HealthRecordAccess.in(all)).containsExactly(HEALTH);
    assertThat(DocumentSigning.in(all)).containsExactly(SIGNING);
    assertThat(PaymentInitiation.in(AuthorizationDetails.NONE)).isEmpty();
  }

  @Test
  void accountsThatAreChosenLaterAreNotNoAccounts() throws Exception {
    AccountInformation open = AccountInformation.of(AccountInformation.Action.READ_BALANCES);

    assertThat(AccountInformation.from(open.toDetail()).accounts()).isEmpty();
    assertThat(AccountInformation.from(open.withAccounts().toDetail()).accounts())
        .contains(List.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.00", "-1", "+1", "1,50", "1e2", "1.23456", "01", "1000000000000"})
  void whatIsNoAmountIsAMistakeOfTheCaller(String amount) {
    assertThatIllegalArgumentException().isThrownBy(() -> Amount.of("EUR", amount));
  }

  @Test
  void amountsAreHeldToTheirBounds() {
    assertThat(Amount.of("EUR", "999999999999.9999").toJson().toJson())
        .contains("\"999999999999.9999\"");
    assertThat(new Amount("EUR", new BigDecimal("1E+3")).toJson().toJson()).contains("\"1000\"");
    for (String amount : List.of("1E+12", "0.00001", "0", "-5")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Amount("EUR", new BigDecimal(amount)));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Amount.of("eur", "1"));
  }

  @Test
  void otherMistakesOfTheCallerAreSaidAtOnce() {
    List<Runnable> mistakes =
        List.of(
            () -> Account.of("DE02 1001 0010 9307 1186 03"),
            () -> MERCHANT.withCurrency("Euro"),
            () -> PAYMENT.withCreditorAgent("bank"),
            () -> PAYMENT.withEndToEndIdentification("e".repeat(36)),
            () -> PAYMENT.withRemittanceInformationUnstructured(""),
            () -> PAYMENT.withRequestedExecutionDate(LocalDate.of(10000, 1, 1)),
            () ->
                PAYMENT.withActions(
                    PaymentInitiation.Action.STATUS, PaymentInitiation.Action.STATUS),
            () -> ACCOUNTS.withFrequencyPerDay(0),
            () -> ACCOUNTS.withFrequencyPerDay(1441),
            () -> ACCOUNTS.withAccounts(MERCHANT, MERCHANT),
            AccountInformation::of,
            () -> HEALTH.withIdentifier("i".repeat(129)),
            () -> new Period(Optional.empty(), Optional.empty()),
            () -> DocumentDigest.of(new byte[31], "Contract"),
            () -> DocumentDigest.of(new byte[65], "Contract"),
            () -> new DocumentDigest("A".repeat(43), "Contract"),
            () -> new DocumentDigest("A".repeat(42) + "B=", "Contract"),
            () -> new DocumentDigest("-".repeat(64), "Contract"),
            () ->
                DocumentSigning.of(
                    DocumentSigning.HashAlgorithm.SHA_512, SIGNING.documentDigests()),
            () ->
                DocumentSigning.of(
                    DocumentSigning.HashAlgorithm.SHA_256,
                    List.of(
                        DocumentDigest.of(new byte[32], "A harmless one"),
                        DocumentDigest.of(new byte[32], "Another"))),
            () -> PAYMENT.withRemittanceInformationUnstructured(" \u00a0\u200b"),
            () -> DocumentDigest.of(new byte[32], ""),
            () -> DocumentSigning.of(DocumentSigning.HashAlgorithm.SHA_256, List.of()));
    assertThat(mistakes)
        .allSatisfy(mistake -> assertThatIllegalArgumentException().isThrownBy(mistake::run));
  }

  @Test
  @Requirement("RAR-13")
  void nobodyReadsPersonalDataInALog() {
    Set<Object> texts = Set.of(PAYMENT, ACCOUNTS, HEALTH, SIGNING, MERCHANT);
    assertThat(texts)
        .allSatisfy(
            one ->
                assertThat(one.toString())
                    .doesNotContain("Merchant", "DE02", "medications", "MEDICATIONS", "Contract"));
  }
}
