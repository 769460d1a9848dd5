package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What objects of the types that come with the product cannot be. */
@Requirement({"RAR-5-1"})
class ReadySchemaTest {
  private static final String PAYMENT =
      """
      {"type": "payment_initiation", "creditorName": "%s",
       "instructedAmount": {"currency": "EUR", "amount": "5"},
       "creditorAccount": {"iban": "DE75512108001245126199"},
       "remittanceInformationUnstructured": "%s"}
      """;
  private static final String SIGNING =
      """
      {"type": "document_signing", "hashAlgorithmOID": "2.16.840.1.101.3.4.2.%d",
       "documentDigests": [{"label": "%s", "hash": "%s"}]}
      """;

  private static Optional<String> fault(String type, String object) {
    return TypeDefinition.ready(type)
        .schema()
        .check(Types.json(object))
        .map(fault -> fault.where().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00a0\u00a0", "\u2003", "\u200b", "\u0301", "\u2028 \ufeff"})
  void aTextThatNobodyCanSeeIsRefused(String blank) {
    assertThat(fault("payment_initiation", PAYMENT.formatted(blank, "rent")))
        .contains("/creditorName");
    assertThat(fault("payment_initiation", PAYMENT.formatted("Ben", blank)))
        .contains("/remittanceInformationUnstructured");
    assertThat(fault("document_signing", SIGNING.formatted(1, blank, "A".repeat(43) + "=")))
        .contains("/documentDigests/0/label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"B", "7", " Ben ", "李", "→", "e\u0301"})
  void aTextThatCanBeSeenIsTaken(String text) {
    assertThat(fault("payment_initiation", PAYMENT.formatted(text, text))).isEmpty();
    assertThat(fault("document_signing", SIGNING.formatted(1, text, "A".repeat(43) + "=")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 43, '=', true",
    "2, 64, '', true",
    "3, 86, '==', true",
    "1, 42, '=', false",
    "1, 43, '', false",
    "1, 44, '', false",
    "1, 64, '', false",
    "1, 86, '==', false",
    "2, 43, '=', false",
    "2, 63, '=', false",
    "2, 65, '', false",
    "3, 64, '', false",
    "3, 86, '', false",
    "3, 86, '=', false",
    "3, 87, '=', false"
  })
  void aDigestHasTheLengthOfItsAlgorithm(int algorithm, int digits, String end, boolean taken) {
    String hash = "A".repeat(digits) + end;
    Optional<String> fault = fault("document_signing", SIGNING.formatted(algorithm, "Deed", hash));
    assertThat(fault).isEqualTo(taken ? Optional.empty() : Optional.of("/documentDigests/0/hash"));
  }

  @ParameterizedTest
  @CsvSource({"1, 42, 'B='", "3, 85, 'B=='"})
  void aDigestIsWrittenInOneWayOnly(int algorithm, int digits, String end) {
    assertThat(
            fault(
                "document_signing", SIGNING.formatted(algorithm, "Deed", "A".repeat(digits) + end)))
        .contains("/documentDigests/0/hash");
  }

  @Test
  void aDocumentStandsThereOnce() {
    String two =
        SIGNING
            .formatted(1, "Newsletter", "A".repeat(43) + "=")
            .replace("}]", "}, {\"label\": \"Mortgage\", \"hash\": \"%s=\"}]");
    assertThat(fault("document_signing", two.formatted("A".repeat(43))))
        .contains("/documentDigests");
    assertThat(fault("document_signing", two.formatted("B".repeat(42) + "A"))).isEmpty();
  }
}
