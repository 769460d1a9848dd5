package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.details.ShownDetail.Value;
import dev.countersign.server.text.LocalText;
import dev.countersign.server.text.Texts;
import dev.countersign.server.text.Wording;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads of a detail, in their language. */
@Requirement({"RAR-3.1-1"})
class ExplainerTest {

  private static ShownDetail explain(String language, String members) {
    return new Explainer(words(language)).explain(Types.payment(members), Types.template());
  }

  private static Wording words(String language) {
    return Texts.builtIn().choose(Optional.of(language), Headers.of(List.of()));
  }

  /** The rows as "label: value | value". */
  private static List<String> rows(String language, String members) {
    return explain(language, members).rows().stream()
        .map(
            row ->
                row.label()
                    + ": "
                    + row.values().stream().map(Value::text).collect(Collectors.joining(" | ")))
        .toList();
  }

  @Test
  void titleAndSentenceAreThoseOfTheTypeAndWhatIsAbsentMakesNoRow() {
    ShownDetail shown = explain("de", "\"locations\": [\"https://bank.example\"]");
    assertThat(shown.title()).isEqualTo("Zahlen");
    assertThat(shown.sentence()).contains("Einmal.");
    assertThat(shown.rows()).isEmpty();
    assertThat(explain("en", "\"actions\": []").title()).isEqualTo("Pay");
  }

  @Test
  void whatIsEmptyIsShownSinceItMayMeanAll() {
    assertThat(
            rows(
                "en",
                "\"actions\": [], \"period\": {}, \"accounts\": [], \"documents\": [{}],"
                    + " \"creditor\": {}, \"lists\": [], \"homes\": [{}], \"locations\": []"))
        .containsExactly(
            "Documents: {}",
            "Actions: []",
            "period: {}",
            "accounts: []",
            "documents *: {}",
            "creditor: {}",
            "lists: []",
            "homes *: {}");
  }

  @Test
  void whatIsNotOfTheTypeThatAFormatExpectsIsShownWhole() {
    assertThat(rows("en", "\"period\": {\"from\": 20200101, \"to\": \"2026-12-31\"}"))
        .containsExactly("Period: {\"from\":20200101,\"to\":\"2026-12-31\"}");
    assertThat(rows("en", "\"period\": {\"from\": \"2026-12-31\", \"to\": null}"))
        .containsExactly("Period: {\"from\":\"2026-12-31\",\"to\":null}");
    assertThat(rows("en", "\"documents\": [{\"label\": 7, \"hash\": \"abc\"}]"))
        .containsExactly("Documents: {\"label\":7,\"hash\":\"abc\"}");
    assertThat(rows("en", "\"documents\": [{\"label\": \"a\", \"hash\": [1]}]"))
        .containsExactly("Documents: {\"label\":\"a\",\"hash\":[1]}");
  }

  @Test
  void aMemberWhoseNameIsAStarIsNotEveryElement() {
    assertThat(rows("en", "\"accounts\": {\"*\": {\"iban\": \"DE02120300000000202051\"}}"))
        .containsExactly("accounts * iban: DE02120300000000202051");
    assertThatThrownBy(() -> JsonObject.parse("{\"\\udfff\": 1}"))
        .isInstanceOf(MalformedJsonException.class);
  }

  @Test
  void whatBelongsTogetherStandsOnOneLine() {
    ConsentTemplate accounts = TypeDefinition.ready("account_information").consent();
    AuthorizationDetail detail =
        AuthorizationDetails.parse(
                "[{\"type\": \"account_information\", \"accounts\": ["
                    + "{\"iban\": \"DE02120300000000202051\", \"currency\": \"EUR\"},"
                    + "{\"iban\": \"DE02500105170137075030\"},"
                    + "{\"iban\": \"DE02120300000000202051\", \"currency\": \"USD\"},"
                    + "{}, {\"iban\": \"DE02500105170137075030\", \"of\": \"Ben\"}]}]")
            .list()
            .getFirst();
    assertThat(new Explainer(words("de")).explain(detail, accounts).rows())
        .extracting(row -> row.label() + row.values().stream().map(Value::text).toList())
        .containsExactly(
            "Konten[DE02 1203 0000 0000 2020 51, EUR, DE02 5001 0517 0137 0750 30,"
                + " DE02 1203 0000 0000 2020 51, USD, DE02 5001 0517 0137 0750 30]",
            "accounts *[{}]",
            "accounts * of[Ben]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "en; EUR; 1234.5; €1,234.50",
        "de; EUR; 1234.5; 1.234,50 €",
        "en; GBP; 0.01; £0.01",
        "de; GBP; -3; -3,00 £",
        "en; USD; 1234567.89; 1,234,567.89 USD",
        "de; USD; 1234567.89; 1.234.567,89 USD",
        "en; JPY; 5000; 5,000 JPY",
        "de; JPY; 5000.5; 5.000,5 JPY",
        "en; TND; 1; 1.000 TND",
        "en; XAU; 2.5; 2.5 XAU",
        "en; XYZ; 7.10; 7.1 XYZ",
        "en; EUR; 0.12345678901234567890; €0.1234567890123456789",
        "de; EUR; 999999999999999999999999999999.99; 999.999.999.999.999.999.999.999.999.999,99 €",
        "en; EUR; 1.005; €1.005"
      })
  void anAmountIsWrittenAsInTheLanguageAndNeverRounded(
      String language, String currency, String amount, String shown) {
    String members =
        "\"amount\": {\"currency\": \"%s\", \"amount\": \"%s\"}".formatted(currency, amount);
    assertThat(rows(language, members))
        .containsExactly((language.equals("en") ? "Amount: " : "Betrag: ") + shown);
  }

  @Test
  void anAmountMayBeANumberAndWhatIsNoneIsShownAsItCame() {
    assertThat(rows("en", "\"amount\": {\"currency\": \"EUR\", \"amount\": 12.5}"))
        .containsExactly("Amount: €12.50");
    assertThat(rows("en", "\"amount\": {\"currency\": \"EUR\", \"amount\": \"1e3\"}"))
        .containsExactly("Amount: {\"currency\":\"EUR\",\"amount\":\"1e3\"}");
    assertThat(rows("en", "\"amount\": {\"amount\": \"5\"}"))
        .containsExactly("Amount: {\"amount\":\"5\"}");
    assertThat(rows("en", "\"amount\": \"5\"")).containsExactly("amount: 5");
  }

  @Test
  void anAccountNumberIsInGroupsOfFourAndAnythingElseAsItCame() {
    assertThat(
            rows("en", "\"creditor\": {\"name\": \"Ben\", \"iban\": \"DE02120300000000202051\"}"))
        .containsExactly("To: Ben", "IBAN: DE02 1203 0000 0000 2020 51");
    assertThat(
            rows(
                "en",
                "\"accounts\": [{\"iban\": \"GB33BUKB20201555555555\"}, {\"iban\": \"my"
                    + " account\"}]"))
        .containsExactly("Accounts: GB33 BUKB 2020 1555 5555 55 | my account");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | \"day\": \"2026-11-05\" | Day: November 5, 2026",
        "de | \"day\": \"2026-11-05\" | Day: 5. November 2026",
        "de | \"day\": \"2026-02-30\" | Day: 2026-02-30",
        "en | \"moment\": \"2026-11-05T08:09:00Z\" | Moment: November 5, 2026, 8:09 AM UTC",
        "de | \"moment\": \"2026-11-05T08:09:00Z\" | Moment: 5. November 2026, 08:09 UTC",
        "de | \"moment\": \"2026-11-05T08:09:07+02:00\" | Moment: 5. November 2026, 08:09:07"
            + " UTC+02:00",
        "en | \"moment\": \"tomorrow\" | Moment: tomorrow",
        "en | \"moment\": \"2026-11-05T08:09:07.5Z\" | Moment: 2026-11-05T08:09:07.5Z",
        "en | \"period\": {\"from\": \"2026-01-01\"} | Period: from January 1, 2026",
        "de | \"period\": {\"to\": \"2026-01-01\"} | Period: bis 1. Januar 2026",
        "de | \"period\": {\"from\": \"2025-01-01\", \"to\": \"2026-01-01\"} | Period: 1. Januar"
            + " 2025 bis 1. Januar 2026",
        "en | \"period\": {\"from\": 7} | Period: {\"from\":7}",
        "en | \"again\": true | Again: yes",
        "de | \"again\": false | Again: nein",
        "de | \"again\": 1234567 | Again: 1.234.567",
        "de | \"actions\": [\"initiate\", \"status\"] | Actions: sie auslösen ; ihren Stand sehen",
        "en | \"actions\": \"initiate\" | Actions: start it",
        "en | \"actions\": [\"abort\"] | Actions: abort"
      })
  void valuesAreWrittenAsInTheLanguage(String language, String members, String row) {
    assertThat(rows(language, members)).containsExactly(row.replace(';', '|'));
  }

  @Test
  void aDocumentHasItsNameAndADigestToCompare() {
    String members = "\"documents\": [{\"label\": \"Contract\", \"hash\": \"q83vEjRWeJA=\"}]";
    assertThat(explain("en", members).rows().getFirst().values())
        .containsExactly(new Value("Contract", false), new Value("q83vEjRWeJA=", true));
    assertThat(rows("en", "\"documents\": [{\"size\": 5}]"))
        .containsExactly("Documents: {\"size\":5}", "documents * size: 5");
  }

  @Test
  void aMemberThatNoRowShowsIsShownAsItCame() {
    assertThat(
            rows(
                "en",
                "\"fee\": {\"of\": [1, null], \"by\": \"me\"}, \"creditor\": {\"name\": \"B\","
                    + " \"risk\": [{\"level\": \"high\"}]}, \"amount\": {\"currency\": \"EUR\","
                    + " \"amount\": \"1\", \"tip\": \"9\"}, \"nothing\": null"))
        .containsExactly(
            "Amount: €1.00",
            "To: B",
            "fee of: [1,null]",
            "fee by: me",
            "creditor risk * level: high",
            "amount tip: 9",
            "nothing: null");
  }

  @Test
  void ofATypeThatThereIsNoMoreAllMembersAreShownAsTheyCame() {
    AuthorizationDetail detail = Types.payment("\"day\": \"2026-11-05\"");
    ShownDetail shown =
        new Explainer(words("en")).explain(detail, ConsentTemplate.ofUnknown(detail.type()));
    assertThat(shown.title()).isEqualTo("payment");
    assertThat(shown.rows()).extracting(ShownDetail.Row::label).containsExactly("day");
  }

  @Test
  @Requirement({"RAR-12-3"})
  void whatCannotBeSeenOrTurnsTheTextIsReplaced() {
    assertThat(
            rows("en", "\"creditor\": {\"name\": \"Ben\\u202Eknab\\u202C\\u200B Ltd\\n\\u2066\"}"))
        .containsExactly("To: Ben\uFFFDknab\uFFFD\uFFFD Ltd\uFFFD\uFFFD");
    assertThat(rows("en", "\"amount\": {\"currency\": \"E\\u202EUR\", \"amount\": \"1\"}"))
        .containsExactly("Amount: 1 E\uFFFDUR");
    assertThat(rows("en", "\"a\\u202Eb\": \"c\\u0000\"")).containsExactly("a\uFFFDb: c\uFFFD");
  }

  @Test
  @Requirement({"RAR-13"})
  void noTextFormHoldsAValue() {
    ShownDetail shown = explain("en", "\"creditor\": {\"name\": \"Ben\"}");
    assertThat(shown.toString()).contains("To").doesNotContain("Ben");
    assertThat(new Choice(LocalText.of("Ben"), Types.json("{}"))).hasToString("Choice");
  }
}
