package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Headers;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.text.LocalText;
import dev.countersign.server.text.Texts;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The consent sections of the types that come with the product. */
@Requirement({"RAR-3.1-1"})
class ReadyConsentTest {

  static List<String> ready() {
    return List.of(
        "payment_initiation", "account_information", "health_record_access", "document_signing");
  }

  private static JsonObject file(String type) throws Exception {
    try (InputStream in = AuthorizationDetails.class.getResourceAsStream(type + ".json")) {
      return JsonObject.parse(in.readAllBytes());
    }
  }

  @ParameterizedTest
  @MethodSource("ready")
  void showEveryMemberInEnglishAndGerman(String type) throws Exception {
    JsonObject file = file(type);
    ConsentTemplate template =
        ConsentTemplate.read(
            file.object("consent").orElseThrow(), file.object("schema").orElseThrow());
    assertThat(template.rows()).isNotEmpty();
    assertThat(
            Stream.concat(
                Stream.of(template.title()),
                template.rows().stream().map(ConsentTemplate.Row::label)))
        .extracting(LocalText::byLanguage)
        .allSatisfy(texts -> assertThat(texts).containsOnlyKeys("en", "de"));
  }

  private static List<String> row(String language, String type, String label, String members)
      throws Exception {
    AuthorizationDetail detail =
        AuthorizationDetail.of(JsonObject.parse("{\"type\":\"" + type + "\"" + members + "}"));
    return new Explainer(Texts.builtIn().choose(Optional.of(language), Headers.NONE))
        .explain(detail, TypeDefinition.ready(type).consent()).rows().stream()
            .filter(row -> row.label().equals(label))
            .flatMap(row -> row.values().stream())
            .map(ShownDetail.Value::text)
            .toList();
  }

  @Test
  void aPaymentWithoutActionsSaysThatAllOfThemAreAllowed() throws Exception {
    assertThat(row("en", "payment_initiation", "Allowed", ""))
        .containsExactly("Make the payment, see how it stands and cancel it");
    assertThat(row("de", "payment_initiation", "Erlaubt", ",\"actions\":[\"cancel\"]"))
        .containsExactly("Die Zahlung stornieren");
    assertThat(row("en", "health_record_access", "Entries", "")).containsExactly("of any date");
  }

  @Test
  void whatThePersonIsStillToChooseIsNotSaidToBeAbsent() throws Exception {
    ConsentTemplate template =
        Types.template(
            Types.CONSENT.replace(
                "\"label\": {\"en\": \"From\", \"de\": \"Von\"}",
                "\"label\": \"From\", \"absent\": \"anywhere\""));
    Explainer explainer = new Explainer(Texts.builtIn().choose(Optional.of("en"), Headers.NONE));
    AuthorizationDetail payment = Types.payment("\"day\": \"2026-11-05\"");
    assertThat(explainer.explain(payment, template).rows())
        .extracting(ShownDetail.Row::label)
        .containsExactly("From", "Day");
    assertThat(explainer.explainWithout("debtor", payment, template).rows())
        .extracting(ShownDetail.Row::label)
        .containsExactly("Day");
    assertThat(explainer.line(Types.json("{\"debtor\":{\"bic\":\"B\"}}"), template)).isEqualTo("B");
  }
}
