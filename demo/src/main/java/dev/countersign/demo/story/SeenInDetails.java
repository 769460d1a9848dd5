package dev.countersign.demo.story;

import dev.countersign.demo.scene.Cast;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.nodes.Document;

/** What must be seen of {@code authorization_details}, wherever a message has some. */
final class SeenInDetails {
  private static final String CHOSEN = "debtorAccount";

  private SeenInDetails() {}

  /** In a pushed request. */
  static List<Observation> pushed() {
    return List.of(
        Observation.of(
            "RAR-2-1",
            "details, if there are any, are an array of objects that each have a type",
            e -> e.asked().value(AuthorizationDetails.NAME).isEmpty() || !in(e.asked()).isEmpty()));
  }

  /** In the answer to the redemption of a code. */
  static List<Observation> issued() {
    return List.of(
        Observation.of(
            "RAR-7-1",
            "it says which details were granted, if any, with the chosen account",
            e -> enriched(Json.objects(e.json(), AuthorizationDetails.NAME), asked(e))),
        Observation.of(
            "RAR-9.1-1",
            "the access token holds the same",
            e ->
                e.issued()
                    .map(jwt -> Json.objects(jwt.claims(), AuthorizationDetails.NAME))
                    .equals(Optional.of(Json.objects(e.json(), AuthorizationDetails.NAME)))));
  }

  /** In a payment that is made. */
  static List<Observation> paid() {
    return List.of(
        Observation.of(
            "RAR-9-1",
            "this payment stands in the token, member by member",
            e ->
                e.presented().stream()
                    .flatMap(jwt -> Json.objects(jwt.claims(), AuthorizationDetails.NAME).stream())
                    .anyMatch(
                        granted -> granted.without("type").without("locations").equals(e.sent()))));
  }

  /** What the person was asked to allow in the flow that a code ends. */
  private static List<JsonObject> asked(Evidence e) {
    return SeenInTokens.push(e).map(push -> in(push.asked())).orElse(List.of());
  }

  private static boolean enriched(List<JsonObject> granted, List<JsonObject> asked) {
    return granted.stream().allMatch(one -> one.has(CHOSEN))
        && granted.stream().map(one -> one.without(CHOSEN)).toList().equals(asked);
  }

  /** Whether a consent page tells who asks and all that the pushed request asks for. */
  static boolean tellsAll(Document page, String text, Evidence push) {
    Locale language = Locale.forLanguageTag(page.select("html").attr("lang"));
    return Cast.explanations(scope(push.asked()), language).stream().allMatch(text::contains)
        && in(push.asked()).stream().allMatch(detail -> tells(text, detail));
  }

  private static boolean tells(String text, JsonObject detail) {
    Optional<String> amount =
        Json.object(detail, "instructedAmount").flatMap(money -> Json.text(money, "amount"));
    return Json.text(detail, "creditorName").filter(text::contains).isPresent()
        && amount.filter(value -> digits(text).contains(digits(value))).isPresent();
  }

  /** Languages differ in all else. */
  private static String digits(String text) {
    return text.replaceAll("[.,\\u00a0\\u202f\\u2019]", "");
  }

  private static Scope scope(Form form) {
    return form.value("scope").map(value -> Scope.of(value.split(" ", -1))).orElse(Scope.NONE);
  }

  /** The details of a request; none if they cannot be read. */
  private static List<JsonObject> in(Form form) {
    return form.value(AuthorizationDetails.NAME).map(Details::parse).orElse(List.of());
  }
}
