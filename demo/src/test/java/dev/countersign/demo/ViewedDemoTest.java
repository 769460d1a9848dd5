package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.story.Json;
import dev.countersign.protocol.json.JsonObject;
import java.nio.file.Path;
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
    run = open.shown(browser);
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
    assertThat(Jsoup.parse(open.viewer(browser, "/").body()).select("a.app").eachAttr("href"))
        .hasSize(2)
        .containsOnly(open.demo().app() + "/");
  }

  @Test
  void letsTheReaderBreakWhatTheAppSent() throws Exception {
    JsonObject attack = open.breakFirst(browser, "payment", "change_amount");
    assertThat(Json.object(attack, "refused").map(rule -> Json.show(rule, "id"))).contains("DP-15");
    assertThat(browser.open(open.demo().app().resolve("/accounts")).text()).contains("€1,507.50");
  }
}
