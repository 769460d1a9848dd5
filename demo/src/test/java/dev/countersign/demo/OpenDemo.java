package dev.countersign.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Json;
import dev.countersign.demo.story.KeyRing;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Observations;
import dev.countersign.demo.story.Story;
import dev.countersign.demo.story.Teller;
import dev.countersign.demo.story.Told;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonLimits;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.testkit.TestClock;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsoup.Jsoup;

/** The demonstration on free ports, with all that was heard of it. */
final class OpenDemo implements AutoCloseable {
  static final String SESSION = "__Host-sunny-budget-session";

  private static final JsonLimits ANY_SIZE = new JsonLimits(16 * 1024 * 1024, 16);

  private final TestClock clock = new TestClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final Demo demo;

  OpenDemo(Path folder) throws Exception {
    this(folder, Signing.AS_EVER);
  }

  OpenDemo(Path folder, Signing signing) throws Exception {
    demo = Demo.start(new Demo.Settings(Demo.Ports.FREE, folder, Jose.jdk(), clock, signing));
    Story story =
        new Story(demo.scene().addresses().issuer(), demo.scene().addresses().redirectUri());
    Teller teller = new Teller(KeyRing.of(demo.scene()), story, Observations.of(signing));
    teller.learn(demo.scene().serverKeys());
    demo.scene().stage().wire().listen(exchange -> told.add(teller.tell(exchange)));
  }

  Demo demo() {
    return demo;
  }

  TestClock clock() {
    return clock;
  }

  TestBrowser browser() {
    return new TestBrowser(demo.authority().ca().trust());
  }

  /** What was heard since {@link #forget}. */
  List<Told> told() {
    return List.copyOf(told);
  }

  List<MessageKind> kinds() {
    return told().stream().map(Told::kind).toList();
  }

  Exchange newest(MessageKind kind) {
    return told().reversed().stream()
        .filter(one -> one.kind() == kind)
        .map(Told::exchange)
        .findFirst()
        .orElseThrow();
  }

  void forget() {
    told.clear();
  }

  Person anna() {
    return demo.people().get(0);
  }

  Person ben() {
    return demo.people().get(1);
  }

  /** From the start to the login page. */
  TestBrowser.Page begin(TestBrowser browser) {
    return browser.submit(browser.open(demo.app()), "/connect", Map.of());
  }

  /** From the login page to the consent page. */
  TestBrowser.Page logIn(TestBrowser browser, TestBrowser.Page login, Person person) {
    return browser.submit(
        login,
        "/interaction/login",
        Map.of("username", person.username(), "password", person.password(), "choice", "login"));
  }

  TestBrowser.Page decide(TestBrowser browser, TestBrowser.Page consent, String choice) {
    return browser.submit(consent, "/interaction/consent", Map.of("choice", choice));
  }

  /** The whole way to the accounts. */
  TestBrowser.Page connect(TestBrowser browser, Person person) {
    return decide(browser, logIn(browser, begin(browser), person), "allow");
  }

  /** From the form of a payment to the bank's page about it, or back to the form. */
  TestBrowser.Page order(TestBrowser browser, Map<String, String> typed) {
    return browser.submit(browser.open(demo.app().resolve("/pay")), "/pay", typed);
  }

  /** What is typed to pay somebody. */
  static Map<String, String> to(String creditor, String amount) {
    return Map.of("creditor", creditor, "account", "DE89 3704 0044 0532 0130 00", "amount", amount);
  }

  /** The whole way to the receipt. */
  TestBrowser.Page pay(TestBrowser browser, String creditor, String amount) {
    return decide(browser, order(browser, to(creditor, amount)), "allow");
  }

  /** A page of the flow viewer. */
  HttpResponse<String> viewer(TestBrowser browser, String path) {
    return browser.send(HttpRequest.newBuilder(demo.viewer().resolve(path)).GET().build());
  }

  /** The messages that the flow viewer shows, in the order of its rows. */
  List<JsonObject> shown(TestBrowser browser) throws MalformedJsonException {
    JsonObject flow = JsonObject.parse(viewer(browser, "/flow").body().getBytes(UTF_8), ANY_SIZE);
    return Json.objects(flow, "messages").stream()
        .sorted(Comparator.comparing(message -> Json.number(message, "number").orElseThrow()))
        .toList();
  }

  /** Breaks the first message of this kind in the flow viewer. Gives back what came of it. */
  JsonObject breakFirst(TestBrowser browser, String kind, String how)
      throws MalformedJsonException {
    JsonObject victim =
        shown(browser).stream()
            .filter(message -> Json.show(message, "kind").equals(kind))
            .findFirst()
            .orElseThrow();
    JsonObject wish =
        JsonObject.builder().put("number", Json.number(victim, "number")).put("how", how).build();
    String token =
        Jsoup.parse(viewer(browser, "/").body()).select("meta[name=flow-token]").attr("content");
    HttpResponse<String> broken =
        browser.send(
            HttpRequest.newBuilder(demo.viewer().resolve("/break"))
                .header("Origin", demo.viewer().toString())
                .header("X-Flow-Token", token)
                .POST(HttpRequest.BodyPublishers.ofString(wish.toJson()))
                .build());
    assertThat(broken.statusCode()).as(broken.body()).isEqualTo(200);
    JsonObject attack = shown(browser).getLast();
    assertThat(Json.show(attack, "from")).isEqualTo("attacker");
    return attack;
  }

  @Override
  public void close() {
    demo.close();
  }
}
