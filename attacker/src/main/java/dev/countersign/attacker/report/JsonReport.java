package dev.countersign.attacker.report;

import dev.countersign.attacker.play.About;
import dev.countersign.attacker.play.Attacker;
import dev.countersign.attacker.play.Goal;
import dev.countersign.attacker.play.Need;
import dev.countersign.attacker.play.Result;
import dev.countersign.attacker.play.Step;
import dev.countersign.attacker.play.Verdict;
import dev.countersign.attacker.wire.Exchange;
import dev.countersign.protocol.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * For programs: one JSON object.
 *
 * <ul>
 *   <li>{@code format}: {@code countersign-attack/1}; a change that breaks a reader counts it up
 *   <li>{@code issuer}, {@code began} (RFC 3339), {@code took_ms}, {@code requests}
 *   <li>{@code headline}: the run in a sentence; {@code complete}: whether it came to its end, and
 *       {@code ended} if not: {@code how}, how many recipes were {@code played}, {@code of} how
 *       many
 *   <li>{@code counts}: the number of recipes by verdict, every verdict present. Verdicts are named
 *       {@code SECURE}, {@code SECURE_BUT_ODD_CODE}, {@code VULNERABLE}, {@code RESIDUAL}, {@code
 *       INCONCLUSIVE} and {@code NOT_RUN}
 *   <li>{@code matrix}: an object for each attacker and goal that a recipe is of: {@code attacker},
 *       {@code goal}, the weightiest {@code verdict}, {@code counts} without those that none has,
 *       and the names of the {@code recipes}
 *   <li>{@code recipes}, in the order of the run: {@code name}, which no other has, {@code id}, all
 *       {@code ids}, {@code attackers}, {@code goals}, {@code needs}, {@code rule}, {@code
 *       defence}, {@code verdict}, {@code reason}; {@code means} and {@code change} unless it is
 *       secure or was not run; {@code steps}
 *   <li>a step: {@code kind} ({@code TWIN} or {@code ATTACK}), {@code what}, {@code verdict},
 *       {@code found}, {@code rule} unless it has none, {@code exchanges}
 *   <li>an exchange, its secrets shortened: {@code move}, {@code request} (method and URL), {@code
 *       request_fields} (each {@code name} and {@code value}), {@code request_body}, and the same
 *       of the {@code response}
 * </ul>
 */
public final class JsonReport {
  private static final String FORMAT = "countersign-attack/1";

  private JsonReport() {}

  /** The run as JSON. */
  public static String of(Findings findings) {
    return object(findings).toIndentedJson();
  }

  private static JsonObject object(Findings findings) {
    JsonObject.Builder counts = JsonObject.builder();
    Arrays.stream(Verdict.values())
        .forEach(verdict -> counts.put(verdict.name(), findings.count(verdict)));
    JsonObject.Builder report =
        JsonObject.builder()
            .put("format", FORMAT)
            .put("issuer", findings.issuer())
            .put("began", findings.began().toString())
            .put("took_ms", findings.took().toMillis())
            .put("requests", findings.requests())
            .put("headline", Headline.of(findings).text())
            .put("complete", findings.end().isEmpty());
    findings.end().ifPresent(end -> report.putValue("ended", ended(end)));
    return report
        .putValue("counts", counts.build())
        .putValue("matrix", matrix(Matrix.of(findings)))
        .putValue("recipes", findings.results().stream().map(JsonReport::recipe).toList())
        .build();
  }

  private static JsonObject ended(Findings.EarlyEnd end) {
    return JsonObject.builder()
        .put("how", end.how())
        .put("played", end.played())
        .put("of", end.of())
        .build();
  }

  private static List<JsonObject> matrix(Matrix matrix) {
    return matrix.rows().stream()
        .flatMap(
            row ->
                row.cells().stream()
                    .filter(cell -> !cell.results().isEmpty())
                    .map(cell -> cell(row.attacker(), cell)))
        .toList();
  }

  private static JsonObject cell(Attacker attacker, Matrix.Cell cell) {
    JsonObject.Builder counts = JsonObject.builder();
    cell.counts().forEach((verdict, count) -> counts.put(verdict.name(), count));
    return JsonObject.builder()
        .put("attacker", attacker.id())
        .put("goal", cell.goal().title())
        .put("verdict", cell.verdict().map(Verdict::name))
        .putValue("counts", counts.build())
        .putValue("recipes", cell.results().stream().map(one -> one.about().name()).toList())
        .build();
  }

  private static JsonObject recipe(Result result) {
    About about = result.about();
    JsonObject.Builder recipe =
        JsonObject.builder()
            .put("name", about.name())
            .put("id", about.id())
            .putValue("ids", about.ids())
            .putValue("attackers", about.attackers().stream().sorted().map(Attacker::id).toList())
            .putValue("goals", about.goals().stream().sorted().map(Goal::title).toList())
            .putValue("needs", about.needs().stream().sorted().map(Need::title).toList())
            .put("rule", about.rule())
            .put("defence", about.defence())
            .put("verdict", result.verdict().name())
            .put("reason", result.reason());
    Advice.of(result)
        .ifPresent(advice -> recipe.put("means", advice.means()).put("change", advice.change()));
    return recipe.putValue("steps", result.steps().stream().map(JsonReport::step).toList()).build();
  }

  private static JsonObject step(Step step) {
    JsonObject.Builder object =
        JsonObject.builder()
            .put("kind", step.kind().name())
            .put("what", step.what())
            .put("verdict", step.verdict().name())
            .put("found", step.found());
    if (!step.rule().isEmpty()) {
      object.put("rule", step.rule());
    }
    return object
        .putValue("exchanges", step.exchanges().stream().map(JsonReport::exchange).toList())
        .build();
  }

  private static JsonObject exchange(Exchange exchange) {
    return JsonObject.builder()
        .put("move", exchange.move().name())
        .put("request", exchange.request())
        .putValue("request_fields", fields(exchange.requestFields()))
        .put("request_body", exchange.requestBody())
        .put("response", exchange.response())
        .putValue("response_fields", fields(exchange.responseFields()))
        .put("response_body", exchange.responseBody())
        .build();
  }

  private static List<JsonObject> fields(List<Map.Entry<String, String>> fields) {
    return fields.stream()
        .map(
            field ->
                JsonObject.builder()
                    .put("name", field.getKey())
                    .put("value", field.getValue())
                    .build())
        .toList();
  }
}
