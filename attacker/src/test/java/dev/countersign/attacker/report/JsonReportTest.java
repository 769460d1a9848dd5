package dev.countersign.attacker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonReportTest {
  private JsonObject report;
  private List<JsonObject> recipes;

  @BeforeEach
  void read() throws MalformedJsonException {
    report = JsonObject.parse(JsonReport.of(SampleFindings.all()));
    recipes = report.objects("recipes").orElseThrow();
  }

  @Test
  void saysWhomItIsAboutAndWhen() throws MalformedJsonException {
    assertThat(report.string("format")).contains("countersign-attack/1");
    assertThat(report.string("issuer")).contains("https://as.example.com");
    assertThat(report.string("began")).contains("2026-05-01T09:30:00Z");
    assertThat(report.integer("took_ms")).contains(83_450L);
    assertThat(report.integer("requests")).contains(1234L);
  }

  @Test
  void saysWhetherTheRunCameToItsEnd() throws MalformedJsonException {
    assertThat(report.string("headline")).contains("1 attack succeeded.");
    assertThat(report.bool("complete")).contains(true);
    assertThat(report.has("ended")).isFalse();
    JsonObject early =
        JsonObject.parse(JsonReport.of(SampleFindings.interrupted(SampleFindings.all())));
    assertThat(early.bool("complete")).contains(false);
    assertThat(early.memberJson("ended"))
        .contains("{\"how\":\"Interrupted\",\"played\":6,\"of\":131}");
  }

  @Test
  void countsEveryVerdict() throws MalformedJsonException {
    assertThat(report.memberJson("counts"))
        .contains(
            "{\"NOT_RUN\":3,\"SECURE\":1,\"SECURE_BUT_ODD_CODE\":1,\"RESIDUAL\":1,"
                + "\"INCONCLUSIVE\":1,\"VULNERABLE\":1}");
  }

  @Test
  void hasTheCellsOfTheMatrixThatHaveRecipes() throws MalformedJsonException {
    List<JsonObject> matrix = report.objects("matrix").orElseThrow();
    assertThat(matrix).hasSize(8);
    assertThat(matrix.getFirst().toJson())
        .isEqualTo(
            "{\"attacker\":\"A1\",\"goal\":\"authorization\",\"verdict\":\"VULNERABLE\","
                + "\"counts\":{\"VULNERABLE\":1,\"SECURE\":1},\"recipes\":[\"code-replay\",\"par-unauth\"]}");
  }

  @Test
  void hasTheCardOfARecipeAndAdviceWhereThereIsAFinding() throws MalformedJsonException {
    JsonObject found = recipes.get(1);
    assertThat(found.string("id")).contains("A1-19");
    assertThat(found.strings("ids")).contains(List.of("A1-19", "ATT-05"));
    assertThat(found.strings("attackers")).contains(List.of("A1", "A1a"));
    assertThat(found.strings("needs")).contains(List.of("a client", "a user"));
    assertThat(found.string("verdict")).contains("VULNERABLE");
    assertThat(found.string("change")).contains("Take a code once, in one atomic step.");
    assertThat(recipes.getFirst().has("change")).isFalse();
    assertThat(recipes.getLast().has("means")).isFalse();
  }

  @Test
  void keepsStepsAndExchangesAsTheyWere() throws MalformedJsonException {
    List<JsonObject> steps = recipes.get(1).objects("steps").orElseThrow();
    assertThat(steps).hasSize(3);
    assertThat(steps.getFirst().string("kind")).contains("TWIN");
    assertThat(steps.getFirst().has("rule")).isFalse();
    assertThat(steps.get(1).string("rule")).contains("SP-1");
    assertThat(steps.get(1).string("found")).contains("answered 200 " + SampleFindings.HOSTILE);
    JsonObject exchange = steps.get(1).objects("exchanges").orElseThrow().getFirst();
    assertThat(exchange.string("move")).contains("ATTACKER_TOKEN_REQUEST");
    assertThat(exchange.string("request")).contains("POST https://as.example.com/token");
    assertThat(exchange.objects("response_fields").orElseThrow().getFirst().string("value"))
        .contains(SampleFindings.HOSTILE);
  }
}
