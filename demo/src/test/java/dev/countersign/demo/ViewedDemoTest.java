package dev.countersign.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.story.Json;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the flow viewer shows of a person who clicks through the demonstration. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewedDemoTest {
  private static final JsonLimits ANY_SIZE = new JsonLimits(16 * 1024 * 1024, 16);

  private OpenDemo open;
  private TestBrowser browser;
  private List<JsonObject> run;

  @BeforeAll
  void clickThrough(@TempDir Path folder) throws Exception {
    open = new OpenDemo(folder);
    browser = open.browser();
    open.connect(browser, open.anna());
    open.pay(browser, "Corner Bookshop", "12.50");
    browser.open(open.demo().server().resolve("/favicon.ico"));
    run = messages();
  }

  @AfterAll
  void stop() {
    browser.close();
    open.close();
  }

  @Test
  void showsTheRunInTheOrderInWhichOneMessageCausedTheNext() {
    List<String> shown =
        run.stream()
            .filter(message -> !Json.isTrue(message, "quiet"))
            .map(message -> Json.show(message, "from") + ": " + Json.show(message, "kind"))
            .toList();
    assertThat(shown)
        .containsExactly(
            "browser: app start",
            "client: push challenged",
            "client: push",
            "browser: authorize",
            "browser: login page",
            "browser: login",
            "browser: consent page",
            "browser: consent",
            "browser: app callback",
            "client: token",
            "client: userinfo challenged",
            "client: userinfo",
            "client: bank challenged",
            "client: accounts",
            "browser: app start",
            "client: push",
            "browser: authorize",
            "browser: consent page",
            "browser: consent",
            "browser: app callback",
            "client: token",
            "client: payment");
  }

  @Test
  void namesRequirementsInEveryStepOfTheProtocol() {
    assertThat(run)
        .filteredOn(message -> !Json.show(message, "kind").startsWith("app"))
        .allSatisfy(
            message ->
                assertThat(Json.objects(message, "meets"))
                    .as(Json.show(message, "kind"))
                    .isNotEmpty());
    assertThat(run).extracting(message -> Json.show(message, "run")).contains("1");
  }

  @Test
  void sendsTheReaderToTheApp() {
    assertThat(Jsoup.parse(get("/").body()).select("a.app").eachAttr("href"))
        .hasSize(2)
        .containsOnly(open.demo().app() + "/");
  }

  @Test
  void letsTheReaderBreakWhatTheAppSent() throws Exception {
    JsonObject payment =
        run.stream()
            .filter(message -> Json.show(message, "kind").equals("payment"))
            .findFirst()
            .orElseThrow();
    JsonObject wish =
        JsonObject.builder()
            .put("number", Json.number(payment, "number"))
            .put("how", "change_amount")
            .build();
    URI viewer = open.demo().viewer();
    HttpResponse<String> broken =
        browser.send(
            HttpRequest.newBuilder(viewer.resolve("/break"))
                .header("Origin", viewer.toString())
                .header(
                    "X-Flow-Token",
                    Jsoup.parse(get("/").body()).select("meta[name=flow-token]").attr("content"))
                .POST(HttpRequest.BodyPublishers.ofString(wish.toJson()))
                .build());
    assertThat(broken.statusCode()).isEqualTo(200);
    JsonObject attack = messages().getLast();
    assertThat(Json.show(attack, "from")).isEqualTo("attacker");
    assertThat(Json.object(attack, "refused").map(rule -> Json.show(rule, "id"))).contains("DP-15");
    assertThat(browser.open(open.demo().app().resolve("/accounts")).text()).contains("€1,507.50");
  }

  private HttpResponse<String> get(String path) {
    return browser.send(HttpRequest.newBuilder(open.demo().viewer().resolve(path)).GET().build());
  }

  private List<JsonObject> messages() throws Exception {
    JsonObject flow = JsonObject.parse(get("/flow").body().getBytes(UTF_8), ANY_SIZE);
    return Json.objects(flow, "messages").stream()
        .sorted(Comparator.comparing(message -> Json.number(message, "number").orElseThrow()))
        .toList();
  }
}
