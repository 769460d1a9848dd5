package dev.countersign.demo.viewer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Purchase;
import dev.countersign.demo.story.Json;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.rar.AuthorizationDetail;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlowViewerTest {
  private static final String HOSTILE = "<img src=x onerror=alert(1)> & \u202etxt.exe";

  private Show show;
  private List<JsonObject> messages;

  @BeforeAll
  void makeARun() throws Exception {
    show = Show.open();
    JsonObject book = Purchase.asked(show.scene().addresses().bank(), "12.50").json();
    JsonObject payment =
        book.without("creditorName").toBuilder().put("creditorName", HOSTILE).build();
    Tokens tokens = show.connect(AuthorizationDetail.of(payment));
    show.client().userinfo(tokens);
    show.readAccounts(tokens);
    show.pay(tokens);
    show.client().refresh(tokens);
    messages = show.messages();
  }

  @AfterAll
  void close() {
    show.close();
  }

  @Test
  void showsEveryMessageOfARunInTheOrderInWhichItWasAsked() {
    assertThat(messages.stream().map(message -> Json.show(message, "kind")))
        .containsExactly(
            "metadata",
            "push challenged",
            "push",
            "authorize",
            "login page",
            "login",
            "consent page",
            "consent",
            "token",
            "keys",
            "userinfo challenged",
            "userinfo",
            "metadata",
            "keys",
            "bank challenged",
            "accounts",
            "payment",
            "refresh");
    assertThat(kinds("metadata"))
        .extracting(message -> Json.show(message, "from"))
        .containsExactly("client", "bank");
    // The bank asked for the keys because it was asked: in the picture they come behind that.
    assertThat(number("bank challenged")).isLessThan(number("keys"));
  }

  @Test
  void tellsWhyThereIsEachMessage() {
    assertThat(messages)
        .allSatisfy(
            message -> {
              assertThat(Json.show(message, "title")).hasSizeBetween(5, 60);
              assertThat(Json.show(message, "why")).hasSizeBetween(40, 320).endsWith(".");
            });
  }

  @Test
  void namesTheRequirementsThatAreMetAndWhatTheySay() {
    JsonObject push = message("push");
    assertThat(ids(push, "meets")).contains("SP-5.3.3.2-2", "CA-1", "DP-3", "PAR-5", "SP-5.4.1-4");
    assertThat(ids(message("token"), "meets")).contains("SP-5.3.2.1-4", "OA-6", "AT-1");
    assertThat(ids(message("accounts"), "meets")).contains("DP-10", "SP-5.3.4-5");
    assertThat(Json.objects(push, "meets"))
        .allSatisfy(
            rule -> {
              assertThat(Json.show(rule, "text")).isNotBlank();
              assertThat(Json.show(rule, "seen")).isNotBlank();
            });
  }

  @Test
  void saysWhoSignedWhat() {
    assertThat(Json.objects(message("token"), "signed"))
        .extracting(
            jwt -> Json.show(jwt, "what"),
            jwt -> Json.show(jwt, "place"),
            jwt -> Json.show(jwt, "signer"),
            jwt -> Json.isTrue(jwt, "verified"))
        .containsExactly(
            tuple("client assertion", "request", KeyRing.CLIENT, true),
            tuple("DPoP proof", "request", KeyRing.CLIENT_DPOP, true),
            tuple("access token", "answer", KeyRing.SERVER, true),
            tuple("ID token", "answer", KeyRing.SERVER, true));
  }

  @Test
  void marksSecretsAndHidesPasswords() {
    JsonObject login = message("login");
    JsonObject request = Json.object(login, "request").orElseThrow();
    assertThat(mark(request, "form", "username")).isEqualTo(tuple("anna", "whole"));
    assertThat(mark(request, "form", "password")).isEqualTo(tuple("", "hidden"));
    JsonObject token = Json.object(message("token"), "request").orElseThrow();
    assertThat(mark(token, "form", "code").toList()).last().isEqualTo("secret");
    assertThat(mark(token, "form", "grant_type")).isEqualTo(tuple("authorization_code", "whole"));
  }

  @Test
  void showsTheDetailsMemberByMember() {
    JsonObject pushed = Json.object(message("push"), "request").orElseThrow();
    String amount = "authorization_details[0].instructedAmount.amount";
    assertThat(mark(pushed, "form", amount)).isEqualTo(tuple("12.50", "whole"));
    assertThat(mark(pushed, "form", "authorization_details[0].type"))
        .isEqualTo(tuple("payment_initiation", "whole"));
    JsonObject answer = Json.object(message("token"), "answer").orElseThrow();
    String chosen = "authorization_details[0].debtorAccount.iban";
    assertThat(mark(answer, "members", chosen)).isEqualTo(tuple("DE02120300000000202051", "whole"));
    JsonObject token =
        Json.objects(message("token"), "signed").stream()
            .filter(jwt -> Json.show(jwt, "what").equals("access token"))
            .findFirst()
            .orElseThrow();
    assertThat(mark(token, "claims", chosen)).isEqualTo(tuple("DE02120300000000202051", "whole"));
    JsonObject page = Json.object(message("consent page"), "answer").orElseThrow();
    assertThat(mark(page, "page", "details").toList().getFirst().toString())
        .contains("Make this payment", "12.50");
    assertThat(mark(page, "page", "choices").toList().getFirst().toString())
        .contains("Current account", "Savings");
  }

  @Test
  void keepsWhatSomebodyTypedAsText() throws Exception {
    JsonObject request = Json.object(message("payment"), "request").orElseThrow();
    JsonObject order = JsonObject.parse(Json.show(request, "json"));
    assertThat(Json.text(order, "creditorName"))
        .contains("<img src=x onerror=alert(1)> & \ufffdtxt.exe");
    HttpResponse<String> text = show.get("/text");
    Document page = Jsoup.parse(text.body());
    assertThat(page.select("img, script")).isEmpty();
    assertThat(page.select("ol.plain > li")).hasSameSizeAs(messages);
  }

  @Test
  void foldsDocuments() {
    assertThat(messages.stream().filter(message -> Json.isTrue(message, "quiet")))
        .extracting(message -> Json.show(message, "kind"))
        .containsOnly("metadata", "keys");
  }

  @Test
  void leavesOutStyleSheetsAndIcons() throws Exception {
    int before = show.heard().size();
    try (Visitor visitor = show.visitor()) {
      visitor.open(show.scene().addresses().issuer().uri().resolve("/pages.css"));
      visitor.open(show.scene().addresses().issuer().uri().resolve("/favicon.ico"));
    }
    assertThat(show.heard()).hasSize(before + 2);
    assertThat(show.flow(0, 0).toJson()).doesNotContain("pages.css", "favicon.ico");
  }

  @Test
  void servesPagesThatLoadNothingFromElsewhereAndCannotBeFramed() throws Exception {
    for (String path :
        List.of("/", "/text", "/flow.js", "/message.js", "/flow.css", "/message.css", "/flow")) {
      HttpResponse<String> response = show.get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
      assertThat(response.headers().allValues("Access-Control-Allow-Origin")).isEmpty();
      assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    Document page = Jsoup.parse(show.get("/").body());
    assertThat(page.select("[style], [onclick], script:not([src])")).isEmpty();
    assertThat(page.select("script").attr("src")).isEqualTo("/flow.js");
    assertThat(page.select("noscript a").attr("href")).isEqualTo("/text");
  }

  @Test
  void refusesWhatIsNotThere() throws Exception {
    assertThat(show.get("/nothing").statusCode()).isEqualTo(404);
    assertThat(show.get("/break").statusCode()).isEqualTo(405);
    assertThat(show.get("/flow?after=many").statusCode()).isEqualTo(400);
    HttpRequest.Builder posted =
        HttpRequest.newBuilder(show.self().resolve("/flow"))
            .POST(HttpRequest.BodyPublishers.noBody());
    assertThat(show.send(posted).statusCode()).isEqualTo(405);
  }

  @Test
  void answersToItsOwnNameOnly() throws Exception {
    String other = "https://127.0.0.1:" + show.self().getPort() + "/flow";
    assertThat(show.send(HttpRequest.newBuilder(URI.create(other)).GET()).statusCode())
        .isEqualTo(421);
  }

  private List<JsonObject> kinds(String kind) {
    return messages.stream()
        .filter(message -> Json.text(message, "kind").equals(Optional.of(kind)))
        .toList();
  }

  private JsonObject message(String kind) {
    return kinds(kind).getLast();
  }

  private long number(String kind) {
    return Json.number(message(kind), "number").orElseThrow();
  }

  private static List<String> ids(JsonObject message, String member) {
    return Json.objects(message, member).stream().map(rule -> Json.show(rule, "id")).toList();
  }

  private static Tuple mark(JsonObject json, String member, String name) {
    return Json.objects(json, member).stream()
        .filter(field -> Json.text(field, "name").equals(Optional.of(name)))
        .map(field -> tuple(Json.show(field, "value"), Json.show(field, "mark")))
        .findFirst()
        .orElseThrow();
  }
}
