package dev.countersign.demo.viewer;

import dev.countersign.demo.story.Json;
import dev.countersign.protocol.json.JsonObject;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;

/** The messages as a plain list that needs no script. jsoup escapes all that it shows. */
final class TextPage {
  private TextPage() {}

  static String of(List<Message> messages) {
    Document page = Document.createShell("");
    page.prependChild(new DocumentType("html", "", ""));
    page.select("html").attr("lang", "en");
    page.title("Flow viewer: as text");
    head(page.head());
    Element main = page.body().addClass("text").appendElement("main");
    main.appendElement("h1").text("What went over the wire");
    main.appendElement("p")
        .text("This page is as the flow was when you opened it. Reload it to see more. ")
        .appendElement("a")
        .attr("href", "/")
        .text("To the picture");
    if (messages.isEmpty()) {
      main.appendElement("p").text("Nothing was heard yet.");
    }
    Element list = main.appendElement("ol").addClass("plain");
    messages.forEach(told -> message(list.appendElement("li"), told.json()));
    return page.outerHtml();
  }

  private static void head(Element head) {
    head.appendElement("meta").attr("charset", "utf-8");
    head.appendElement("link").attr("rel", "icon").attr("href", "data:,");
    head.appendElement("meta")
        .attr("name", "viewport")
        .attr("content", "width=device-width, initial-scale=1");
    for (String sheet : List.of("/flow.css", "/message.css")) {
      head.appendElement("link").attr("rel", "stylesheet").attr("href", sheet);
    }
  }

  private static void message(Element item, JsonObject json) {
    Element details = item.appendElement("details");
    details
        .appendElement("summary")
        .text(
            "%s. %s to %s: %s, %s"
                .formatted(
                    Json.show(json, "number"),
                    Json.show(json, "from"),
                    Json.show(json, "to"),
                    Json.show(json, "title"),
                    Json.show(json, "status")));
    details.appendElement("p").text(Json.show(json, "why"));
    refused(details, json);
    Json.object(json, "request").ifPresent(request -> request(details, request));
    Json.objects(json, "signed").forEach(jwt -> signed(details, jwt));
    Json.object(json, "answer")
        .ifPresent(
            answer -> {
              fields(details, "Answer: header fields", answer, "fields");
              fields(details, "Answer: goes on to, with", answer, "redirect");
              fields(details, "Answer: JSON", answer, "members");
              json(details, answer);
              fields(details, "Answer: page", answer, "page");
            });
    meets(details, json);
  }

  private static void refused(Element details, JsonObject json) {
    Json.object(json, "attempt")
        .ifPresent(
            attempt ->
                details
                    .appendElement("p")
                    .text(
                        "%s Made of message %s. Verdict: %s."
                            .formatted(
                                Json.show(attempt, "tells"),
                                Json.show(attempt, "victim"),
                                Json.show(attempt, "verdict").replace('_', ' '))));
    Json.object(json, "refused")
        .ifPresent(
            rule ->
                details
                    .appendElement("p")
                    .addClass("refused")
                    .text(
                        "Refused by %s: %s"
                            .formatted(Json.show(rule, "id"), Json.show(rule, "text"))));
  }

  private static void request(Element details, JsonObject request) {
    details
        .appendElement("p")
        .appendElement("code")
        .text(Json.show(request, "method") + " " + Json.show(request, "url"));
    fields(details, "Header fields", request, "fields");
    fields(details, "Query", request, "query");
    fields(details, "Form", request, "form");
    json(details, request);
  }

  private static void json(Element details, JsonObject json) {
    Json.text(json, "json").ifPresent(text -> details.appendElement("pre").text(text));
  }

  private static void signed(Element details, JsonObject jwt) {
    String by =
        Json.text(jwt, "signer")
            .map(signer -> "signed by " + signer + ", key " + Json.show(jwt, "thumbprint"))
            .orElse("signed by nobody we know");
    fields(details, Json.show(jwt, "what") + ", " + by, jwt, "claims");
    fields(details, "What that covers: the signature base", jwt, "covers");
  }

  private static void meets(Element details, JsonObject json) {
    List<JsonObject> rules = Json.objects(json, "meets");
    if (rules.isEmpty()) {
      return;
    }
    details.appendElement("h2").text("Seen in this message");
    Element list = details.appendElement("ul");
    rules.forEach(
        rule ->
            list.appendElement("li").text(Json.show(rule, "id") + ": " + Json.show(rule, "seen")));
  }

  private static void fields(Element details, String title, JsonObject json, String member) {
    List<JsonObject> fields = Json.objects(json, member);
    if (fields.isEmpty()) {
      return;
    }
    details.appendElement("h2").text(title);
    Element list = details.appendElement("dl");
    fields.forEach(
        field -> {
          list.appendElement("dt").text(Json.show(field, "name"));
          list.appendElement("dd").text(value(field));
        });
  }

  private static String value(JsonObject field) {
    return Json.show(field, "value")
        + switch (Json.show(field, "mark")) {
          case "secret" -> " (demo secret)";
          case "cut" -> " (shortened)";
          case "hidden" -> " (value never shown)";
          default -> "";
        }
        + Json.text(field, "note").map(note -> " \u2013 " + note).orElse("");
  }
}
