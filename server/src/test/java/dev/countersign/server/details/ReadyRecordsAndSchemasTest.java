package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.ready.AccountInformation;
import dev.countersign.protocol.rar.ready.DocumentSigning;
import dev.countersign.protocol.rar.ready.HealthRecordAccess;
import dev.countersign.protocol.rar.ready.PaymentInitiation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A record takes an object exactly if the schema of its type does. Tried with an object that has
 * every member, and with each that differs from it in one place.
 */
class ReadyRecordsAndSchemasTest {
  private static final List<Object> OTHERS =
      List.of(
          true,
          0L,
          1L,
          -1L,
          1440L,
          1441L,
          new BigDecimal("4.0"),
          new BigDecimal("4.5"),
          new BigDecimal("1e400"),
          new BigDecimal("1e20"),
          new BigDecimal("-1.5e300"),
          "",
          " \u00a0\u200b\u0301",
          "x",
          "x".repeat(35),
          "x".repeat(36),
          "x".repeat(128),
          "x".repeat(129),
          "é".repeat(140),
          "x".repeat(141),
          "\uD83D\uDE00".repeat(140),
          "x".repeat(200),
          "x".repeat(201),
          "0",
          "0.00",
          "0.0001",
          "00.1",
          "1.23456",
          "999999999999",
          "1000000000000",
          "1,5",
          "-1",
          "EUR",
          "eur",
          "EURO",
          "DE02100100109307118603",
          "DE02 1001 0010 9307 1186 03",
          "DEUTDEFF",
          "DEUTDEFF500",
          "DEUTDEFFX",
          "2028-02-29",
          "2027-02-29",
          "2027-2-1",
          "+12027-01-01",
          "2027-01-01T00:00:00Z",
          "status",
          "cancel",
          "read_transactions",
          "write",
          "procedures",
          "research",
          "2.16.840.1.101.3.4.2.3",
          "2.16.840.1.101.3.4.2.4",
          "eu_eidas_aes",
          "A".repeat(42),
          "A".repeat(43),
          "A".repeat(43) + "=",
          "A".repeat(42) + "B=",
          "A".repeat(64),
          "A".repeat(86) + "==",
          "A".repeat(87),
          "https://other.example.com/" + "a".repeat(486),
          "https://other.example.com/" + "a".repeat(487),
          JsonObject.builder().build(),
          JsonObject.builder().put("iban", "DE02100100109307118603").build(),
          JsonObject.builder().put("from", "2027-01-01").build(),
          List.of(),
          List.of("status"),
          List.of("status", "status"),
          List.of("read"),
          List.of(1L),
          List.of(JsonObject.builder().build()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"type": "payment_initiation", "locations": ["https://api.example.com"],
         "actions": ["initiate"], "instructedAmount": {"currency": "EUR", "amount": "12.50"},
         "debtorAccount": {"iban": "DE02120300000000202051", "currency": "EUR"},
         "creditorName": "Merchant A", "creditorAccount": {"iban": "DE02100100109307118603"},
         "creditorAgent": "BANKDEFF100", "remittanceInformationUnstructured": "Invoice 7",
         "endToEndIdentification": "E2E-7", "requestedExecutionDate": "2027-03-31"}
        """,
        """
        {"type": "account_information", "locations": ["https://api.example.com"],
         "actions": ["list_accounts", "read_balances"],
         "accounts": [{"iban": "DE02120300000000202051", "currency": "EUR"}],
         "frequencyPerDay": 4, "validUntil": "2027-03-31"}
        """,
        """
        {"type": "health_record_access", "locations": ["https://api.example.com"],
         "actions": ["read"], "datatypes": ["medications", "allergies"], "identifier": "record-7",
         "purpose": "treatment", "period": {"from": "2020-01-01", "to": "2027-03-31"},
         "validUntil": "2027-03-31"}
        """,
        """
        {"type": "document_signing", "locations": ["https://api.example.com"],
         "credentialID": "key-1", "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
         "documentDigests": [
           {"hash": "sTOgwOm+474gFj0q0x1iSNspKqbcse4IeiqlDg/HWuI=", "label": "Contract"}],
         "signatureQualifier": "eu_eidas_qes"}
        """
      })
  void areOfOneMind(String text) throws Exception {
    JsonObject whole = JsonObject.parse(text);
    String type = whole.string("type").orElseThrow();
    DetailSchema schema = TypeDefinition.ready(type).schema();
    List<JsonObject> objects = variants(whole);

    assertThat(schema.check(whole)).isEmpty();
    assertThat(objects).filteredOn(object -> schema.check(object).isEmpty()).hasSizeGreaterThan(10);
    assertThat(objects).hasSizeGreaterThan(300);
    assertThat(objects)
        .filteredOn(object -> schema.check(object).isEmpty() != isRead(object))
        .extracting(JsonObject::toJson)
        .isEmpty();
  }

  private static boolean isRead(JsonObject object) {
    try {
      AuthorizationDetail detail = AuthorizationDetail.of(object);
      AuthorizationDetail again =
          switch (detail.type()) {
            case PaymentInitiation.TYPE -> PaymentInitiation.from(detail).toDetail();
            case AccountInformation.TYPE -> AccountInformation.from(detail).toDetail();
            case HealthRecordAccess.TYPE -> HealthRecordAccess.from(detail).toDetail();
            case DocumentSigning.TYPE -> DocumentSigning.from(detail).toDetail();
            default -> throw new AssertionError(detail.type());
          };
      assertThat(again.json().names()).isEqualTo(object.names());
      return true;
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** The object without each member, with another value for each, and with a member more. */
  private static List<JsonObject> variants(JsonObject object) throws MalformedJsonException {
    List<JsonObject> all = new ArrayList<>();
    all.add(object);
    all.add(object.toBuilder().put("unknown", "x").build());
    for (String name : object.names()) {
      if (name.equals("type")) {
        continue;
      }
      JsonObject rest = object.without(name);
      Object value = object.value(name).orElseThrow();
      all.add(rest);
      Stream.concat(OTHERS.stream(), inner(value).stream())
          .map(other -> rest.toBuilder().putValue(name, other).build())
          .forEach(all::add);
    }
    return all;
  }

  private static List<Object> inner(Object value) throws MalformedJsonException {
    List<Object> all = new ArrayList<>();
    if (value instanceof JsonObject object) {
      all.addAll(variants(object));
    }
    if (value instanceof List<?> list) {
      Object first = list.getFirst();
      List<Object> elements = new ArrayList<>(inner(first));
      elements.addAll(OTHERS);
      elements.forEach(element -> all.add(List.of(element)));
      elements.forEach(element -> all.add(List.of(first, element)));
      all.add(List.of(first, first));
    }
    return all;
  }
}
