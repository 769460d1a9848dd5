package dev.countersign.cli;

import dev.countersign.protocol.http.Form;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import tools.jackson.databind.JsonNode;

/**
 * Does what the member {@code browser} of a plan says, as the suite does it: the first visit whose
 * {@code match} fits the address and whose limit is not reached, its tasks in order, each where its
 * {@code match} fits the address the browser has come to. It keeps cookies.
 */
final class SuiteBrowser implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;

  private final HttpClient http;
  private final String suite;
  private final List<Visit> visits = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final Map<String, String> typed = new LinkedHashMap<>();
  private URI at = URI.create("about:blank");
  private Optional<Document> page = Optional.empty();

  /**
   * A browser that has been nowhere.
   *
   * @param suite the origin of the suite, whose pages are not opened
   */
  SuiteBrowser(SSLContext trust, String suite, JsonNode visits) {
    this.http =
        HttpClient.newBuilder()
            .sslContext(trust)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.suite = suite;
    visits.forEach(visit -> this.visits.add(new Visit(visit)));
  }

  private static final class Visit {
    private final JsonNode json;
    private int left;

    Visit(JsonNode json) {
      this.json = json;
      this.left = json.has("match-limit") ? json.get("match-limit").intValue() : Integer.MAX_VALUE;
    }

    boolean takes(URI url) {
      return left > 0 && matches(json.get("match").stringValue(), url);
    }
  }

  /** Goes there and does all tasks; where that ends. */
  URI visit(URI url) throws IOException, InterruptedException {
    done.clear();
    Visit visit =
        visits.stream()
            .filter(one -> one.takes(url))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing is said about " + url.getPath()));
    visit.left--;
    follow(HttpRequest.newBuilder(url).build());
    for (JsonNode task : visit.json.get("tasks")) {
      if (matches(task.get("match").stringValue(), at)) {
        for (JsonNode command : task.get("commands")) {
          perform(command);
        }
        done.add(task.get("task").stringValue());
      } else if (!task.path("optional").booleanValue(false)) {
        throw new AssertionError("the task " + task.get("task") + " is not for " + at.getPath());
      }
    }
    return at;
  }

  /** The tasks that were done at the last visit. */
  List<String> done() {
    return List.copyOf(done);
  }

  /** The heading of the page that is shown. */
  String heading() {
    return page.map(shown -> shown.select("h1").text()).orElse("");
  }

  private void perform(JsonNode command) throws IOException, InterruptedException {
    String what = command.get(0).stringValue();
    if (what.equals("wait")) {
      await(command);
      return;
    }
    boolean optional = command.get(command.size() - 1).stringValue().equals("optional");
    Optional<Element> element = element(command);
    if (element.isEmpty()) {
      if (!optional) {
        throw new AssertionError("no element for " + command + " at \"" + heading() + "\"");
      }
      return;
    }
    switch (what) {
      case "text" -> typed.put(element.get().attr("name"), command.get(3).stringValue());
      case "click" -> click(element.get());
      default -> throw new AssertionError("no such command: " + what);
    }
  }

  /** Nothing changes by itself here; pages of the suite are not opened. */
  private void await(JsonNode command) {
    if (at.toString().startsWith(suite)) {
      return;
    }
    Element element =
        element(command).orElseThrow(() -> new AssertionError("no element for " + command));
    if (command.size() > 4
        && !Pattern.compile(command.get(4).stringValue()).matcher(element.text()).find()) {
      throw new AssertionError("the element says: " + element.text());
    }
  }

  private Optional<Element> element(JsonNode command) {
    String target = command.get(2).stringValue();
    return page.flatMap(
        shown ->
            switch (command.get(1).stringValue()) {
              case "id" -> Optional.ofNullable(shown.getElementById(target));
              case "css" -> Optional.ofNullable(shown.selectFirst(target));
              default -> throw new AssertionError("no such selector: " + command.get(1));
            });
  }

  private void click(Element button) throws IOException, InterruptedException {
    Element form = button.closest("form");
    if (form == null) {
      throw new AssertionError("the button is in no form");
    }
    Form.Builder filled = Form.builder();
    for (Element field : form.select("input")) {
      filled.add(field.attr("name"), typed.getOrDefault(field.attr("name"), field.attr("value")));
    }
    filled.add(button.attr("name"), button.attr("value"));
    typed.clear();
    follow(
        HttpRequest.newBuilder(URI.create(form.absUrl("action")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(filled.build().encode()))
            .build());
  }

  private void follow(HttpRequest request) throws IOException, InterruptedException {
    HttpRequest next = request;
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      at = next.uri();
      page = Optional.empty();
      if (at.toString().startsWith(suite)) {
        return;
      }
      HttpResponse<String> response = http.send(next, BodyHandlers.ofString());
      Optional<String> location = response.headers().firstValue("Location");
      if (location.isEmpty()) {
        page = Optional.of(Jsoup.parse(response.body(), at.toString()));
        return;
      }
      next = HttpRequest.newBuilder(at.resolve(location.get())).build();
    }
    throw new AssertionError("redirects without end");
  }

  /** {@code *} is any text, as in the suite. */
  private static boolean matches(String pattern, URI url) {
    String regex = ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q");
    return Pattern.matches(regex, url.toString());
  }

  @Override
  public void close() {
    http.close();
  }
}
