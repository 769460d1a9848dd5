package dev.countersign.demo.tour;

import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Detail;
import dev.countersign.demo.story.Refused;
import dev.countersign.demo.story.Sight;
import dev.countersign.demo.story.Signed;
import dev.countersign.protocol.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** For programs: one JSON object a line, each with a {@code type}. */
public final class JsonPrinter implements TourPrinter {
  private final PrintStream out;

  /** Prints to {@code out}. */
  public JsonPrinter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void print(TourLine line) {
    out.println(json(line).toJson());
    out.flush();
  }

  private static JsonObject json(TourLine line) {
    return switch (line) {
      case TourLine.Opening opening ->
          typed("opening")
              .put("issuer", opening.issuer().toString())
              .put("bank", opening.bank().toString())
              .put("crypto", opening.crypto())
              .put("profile", profile(opening.signing()))
              .build();
      case TourLine.Chapter chapter ->
          typed("chapter").put("number", chapter.number()).put("title", chapter.title()).build();
      case TourLine.Note note -> typed("note").put("text", note.text()).build();
      case TourLine.Message message -> json(message);
      case TourLine.AttackRefused attack ->
          typed("attack_refused")
              .put("attack", attack.attack())
              .put("refused", json(attack.refused()))
              .put("requirement", attack.requirement())
              .build();
      case TourLine.Summary summary ->
          typed("summary")
              .put("passed", summary.passed())
              .put("failure", summary.failure())
              .put("messages", summary.messages())
              .put("requirements", summary.requirements())
              .put("attacks_refused", summary.attacksRefused())
              .put("millis", summary.time().toMillis())
              .build();
    };
  }

  /** Named where it is more than the Security Profile. */
  private static Optional<String> profile(Signing signing) {
    return signing.isOfMessages() ? Optional.of("fapi2-message-signing") : Optional.empty();
  }

  private static JsonObject json(TourLine.Message message) {
    return typed("message")
        .put("number", message.number())
        .put("kind", message.kind())
        .put("from", name(message.from()))
        .put("to", name(message.to()))
        .put("method", message.method())
        .put("url", message.url().toString())
        .put("status", message.status())
        .put("sends", details(message.sends()))
        .put("signed", message.signed().stream().map(JsonPrinter::json).toList())
        .put("answers", details(message.answers()))
        .put("refused", message.refused().map(JsonPrinter::json))
        .put("meets", sights(message.meets()))
        .put("misses", sights(message.misses()))
        .build();
  }

  private static JsonObject json(Signed signed) {
    return JsonObject.builder()
        .put("what", signed.what())
        .put("alg", signed.algorithm())
        .put("by", signed.signer())
        .put("key", signed.key())
        .put("claims", details(signed.claims()))
        .build();
  }

  private static JsonObject json(Refused refused) {
    return JsonObject.builder()
        .put("rule", refused.rule().value())
        .put("description", refused.description())
        .build();
  }

  private static List<JsonObject> details(List<Detail> details) {
    return details.stream()
        .map(
            detail ->
                JsonObject.builder()
                    .put("name", detail.name())
                    .put("value", detail.value())
                    .build())
        .toList();
  }

  private static List<JsonObject> sights(List<Sight> sights) {
    return sights.stream()
        .map(
            sight ->
                JsonObject.builder()
                    .put("id", sight.id().value())
                    .put("what", sight.what())
                    .build())
        .toList();
  }

  private static JsonObject.Builder typed(String type) {
    return JsonObject.builder().put("type", type);
  }

  private static String name(Party party) {
    return party.name().toLowerCase(Locale.ROOT);
  }
}
