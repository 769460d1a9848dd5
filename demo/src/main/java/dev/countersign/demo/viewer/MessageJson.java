package dev.countersign.demo.viewer;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Evidence;
import dev.countersign.demo.story.Told;
import dev.countersign.demo.viewer.Secrecy.Field;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells an exchange in JSON: decoded, with secrets shortened, and with the rules seen in it. */
final class MessageJson {
  private static final String CHALLENGE =
      "The server sends the request back with a fresh nonce that the proof must hold. So a proof"
          + " cannot be made in advance by somebody who is at the key for a moment. Nothing was"
          + " used up: the same request comes again at once.";
  private static final Form NOTHING = Form.builder().build();

  private final Rules rules;
  private final Signing signing;

  /**
   * For one scene.
   *
   * @param signing what is signed there
   */
  MessageJson(Rules rules, Signing signing) {
    this.rules = rules;
    this.signing = signing;
  }

  /**
   * An exchange as it was heard.
   *
   * @param e the exchange, taken apart
   * @param told what it is, and what is seen in it
   * @param run the run it belongs to; 0 before the first one
   * @param attempt present where the reader broke it
   */
  JsonObject of(Evidence e, Told told, int run, Optional<Attempt> attempt) {
    Exchange exchange = e.exchange();
    Step step = Step.of(told.kind());
    Outcome outcome = Outcome.of(exchange);
    return JsonObject.builder()
        .put("number", exchange.asked())
        .put("heard", exchange.number())
        .put("run", run)
        .put("from", party(exchange.from()))
        .put("to", party(exchange.to()))
        .put("time", Times.ofSecond(exchange.at().getEpochSecond()))
        .put("kind", told.kind().word())
        .put("title", attempt.map(a -> a.how().label()).orElse(step.title()))
        .put("why", outcome == Outcome.CHALLENGED ? CHALLENGE : step.why(signing))
        .put("quiet", step.isQuiet())
        .put("outcome", outcome.id())
        .put("status", e.status())
        .put("request", request(e))
        .put("signed", SignedJson.of(e))
        .put("answer", answer(e, step))
        .put("refused", exchange.refusal().map(rules::refused))
        .put("meets", rules.met(told.meets()))
        .put("breaks", breaks(step, outcome, exchange, attempt))
        .put("attempt", attempt.map(a -> a.toJson(exchange, signing)))
        .build();
  }

  private static String party(Party party) {
    return party.name().toLowerCase(Locale.ROOT);
  }

  private static JsonObject request(Evidence e) {
    Exchange exchange = e.exchange();
    boolean posted = exchange.request().body().length > 0;
    return JsonObject.builder()
        .put("method", exchange.request().method())
        .put("url", Secrecy.clean(exchange.url().toString()))
        .put("fields", json(Fields.ofRequest(e).stream().filter(Fields::tells).toList()))
        .put("more", json(Fields.ofRequest(e).stream().filter(f -> !Fields.tells(f)).toList()))
        .put("query", json(Fields.of(posted ? NOTHING : e.form())))
        .put("form", json(Fields.of(posted ? e.form() : NOTHING)))
        .put("json", ofTheBank(e, e.sent()))
        .build();
  }

  private static JsonObject answer(Evidence e, Step step) {
    return JsonObject.builder()
        .put("fields", json(Fields.ofAnswer(e).stream().filter(Fields::tells).toList()))
        .put("more", json(Fields.ofAnswer(e).stream().filter(f -> !Fields.tells(f)).toList()))
        .put("redirect", json(Fields.of(e.redirect())))
        .put("members", json(Fields.ofJson(e, step)))
        .put("json", ofTheBank(e, e.json()))
        .put("page", json(Fields.ofPage(e.page())))
        .build();
  }

  /** What the bank speaks is no secret of the protocol: it is shown as it is. */
  private static Optional<String> ofTheBank(Evidence e, JsonObject json) {
    return e.exchange().to() == Party.BANK && !json.names().isEmpty()
        ? Optional.of(Secrecy.clean(json.toJson()))
        : Optional.empty();
  }

  /** What went well can be broken; what an attacker sent cannot. */
  private List<JsonObject> breaks(
      Step step, Outcome outcome, Exchange exchange, Optional<Attempt> attempt) {
    return attempt.isEmpty() && isBreakable(outcome, exchange)
        ? Break.of(step, signing).stream().map(how -> how.toJson(step, signing)).toList()
        : List.of();
  }

  static boolean isBreakable(Outcome outcome, Exchange exchange) {
    return outcome == Outcome.DONE && exchange.from() != Party.ATTACKER;
  }

  private static List<JsonObject> json(List<Field> fields) {
    return fields.stream().map(Field::toJson).toList();
  }
}
