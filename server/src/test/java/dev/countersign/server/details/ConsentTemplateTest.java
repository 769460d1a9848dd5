package dev.countersign.server.details;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The consent section of a type: read strictly, and complete. */
@Requirement({"RAR-3.1-1"})
class ConsentTemplateTest {

  private static void isRefused(String consent, String schema, String reason) {
    assertThatThrownBy(() -> ConsentTemplate.read(Types.json(consent), Types.json(schema)))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void saysWhatIsShownAndHow() {
    ConsentTemplate template = Types.template();
    assertThat(template.title().in(Locale.GERMAN)).isEqualTo("Zahlen");
    assertThat(template.sentence().orElseThrow().in(Locale.ENGLISH)).isEqualTo("Once.");
    assertThat(template.rows()).hasSize(11);
    assertThat(template.rows().getFirst().member()).hasToString("/amount");
    assertThat(template.rows().getFirst().format()).isEqualTo(new Format.Amount());
    assertThat(template.choose().orElseThrow().from()).isEqualTo("accounts");
    assertThat(template.hidden())
        .isEqualTo(Map.of(new MemberPath(List.of("locations")), "the page says where"));
  }

  @Test
  void aMemberOfTheSchemaThatNobodyWouldSeeIsRefused() {
    isRefused(
        Types.CONSENT.replace("{\"/locations\": \"the page says where\"}", "{}"),
        Types.SCHEMA,
        "/locations is neither shown by a row nor listed as hidden");
    isRefused(
        Types.CONSENT,
        Types.SCHEMA.replace("{\"iban\": {", "{\"currency\": {}, \"iban\": {"),
        "/creditor/currency is neither shown");
    isRefused(
        Types.CONSENT,
        Types.SCHEMA.replace("{\"from\": {}", "{\"zone\": {}, \"from\": {}"),
        "/period/zone is neither shown");
    isRefused(
        Types.CONSENT,
        Types.SCHEMA.replace(
            "{\"type\": \"object\",\n \"$defs\"",
            "{\"then\": {\"properties\": {\"late\": true}}, \"type\": \"object\",\n \"$defs\""),
        "/late is neither shown");
  }

  @Test
  void whatIsHiddenHidesAllBelowIt() {
    String schema =
        Types.SCHEMA.replace(
            "\"locations\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}",
            "\"locations\": {\"properties\": {\"a\": {\"properties\": {\"b\": {}}}}}");
    assertThat(schema).isNotEqualTo(Types.SCHEMA);
    assertThat(Types.template().rows()).isNotEmpty();
    isRefused(Types.CONSENT.replace("/locations", "/locations/a/c"), schema, "/locations/a/b");
    isRefused(Types.CONSENT.replace("/locations", "/loc"), schema, "/locations/a/b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"title\": {\"en\": \"Pay\", \"de\": \"Zahlen\"}, | '' | title is missing",
        "{\"en\": \"Pay\", \"de\": \"Zahlen\"} | {} | title is missing",
        "{\"en\": \"Pay\", \"de\": \"Zahlen\"} | \" \" | title is missing or empty",
        "\"text\" | \"texts\" | texts is not a key",
        "\"label\": \"Day\" | \"name\": \"Day\" | name is not a key",
        "\"label\": \"Day\", | '' | label is missing",
        "\"format\": \"date\" | \"format\": \"html\" | format must be",
        "\"format\": \"date\" | \"format\": \"date\", \"absent\": \"\" | absent is missing or"
            + " empty",
        "\"format\": \"date\" | \"format\": \"each\" | each is missing or empty",
        "\"format\": \"date\" | \"format\": \"each\", \"each\": [] | each is missing or empty",
        "\"format\": \"date\" | \"format\": \"date\", \"each\": [] | belongs to the format each",
        "/accounts/*/iban\", \"label\": \"Accounts\", \"format\": \"iban\" | /accounts\","
            + " \"label\": \"Accounts\", \"format\": \"each\", \"each\": [{\"member\": \"/bic\","
            + " \"format\": \"text\"}] | /accounts shows no member",
        "/accounts/*/iban\", \"label\": \"Accounts\", \"format\": \"iban\" | /accounts\","
            + " \"label\": \"Accounts\", \"format\": \"each\", \"each\": [{\"member\": \"/iban\","
            + " \"format\": \"each\"}] | format must be",
        "/accounts/*/iban\", \"label\": \"Accounts\", \"format\": \"iban\" | /accounts\","
            + " \"label\": \"Accounts\", \"format\": \"each\", \"each\": [{\"member\": \"/iban\","
            + " \"label\": \"x\", \"format\": \"iban\"}] | label is not a key",
        "\"format\": \"amount\" | \"format\": \"text\" | /amount shows no member",
        "\"member\": \"/day\" | \"member\": \"/night\" | /night shows no member",
        "\"member\": \"/day\" | \"member\": \"day\" | must be a JSON pointer",
        "\"member\": \"/day\" | \"member\": \"/*/day\" | must begin with a name",
        "\"member\": \"/day\" | \"member\": \"/day/*\" | ends in a name",
        "\"status\": {\"en\" | \"state\": {\"en\" | has no text for status",
        "\"format\": \"date\"} | \"format\": \"date\", \"words\": {}} | belong to the format words",
        "\"many\": false | \"many\": true | must be an array in the schema if many",
        ", \"many\": false | '' | many is missing",
        "\"member\": \"/debtor\", | \"member\": \"/accounts\", | must be an array in the schema",
        "\"member\": \"/debtor\", | \"member\": \"/nobody\", | must be an array in the schema",
        "\"member\": \"/debtor\", | \"member\": \"/debtor/iban\", | must be one of the detail",
        "\"from\": \"accounts\", | '' | from is missing"
      })
  void aFaultIsRefused(String right, String wrong, String reason) {
    String consent = Types.CONSENT.replace(right, wrong == null ? "" : wrong);
    assertThat(consent).isNotEqualTo(Types.CONSENT);
    isRefused(consent, Types.SCHEMA, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#/$defs/account | #/$defs/nothing | leads nowhere",
        "#/$defs/account | https://example.com/schema | a place within it",
        "{\"account\": {\"type\" | {\"account\": {\"$ref\": \"#/$defs/account\", \"type\" | within",
      })
  void aReferenceOfTheSchemaThatCannotBeFollowedIsRefused(
      String right, String wrong, String reason) {
    isRefused(Types.CONSENT, Types.SCHEMA.replace(right, wrong), reason);
  }

  @Test
  void aSchemaThatGoesInACircleIsRefused() {
    isRefused(
        Types.CONSENT,
        Types.SCHEMA.replace(
            "{\"iban\": {\"type\": \"string\"}}",
            "{\"iban\": {\"type\": \"string\"}, \"heir\": {\"$ref\": \"#/$defs/account\"}}"),
        "in a circle");
  }
}
