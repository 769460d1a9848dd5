package dev.countersign.demo;

import static dev.countersign.demo.AttackedPlay.get;
import static dev.countersign.demo.AttackedPlay.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestListener;
import dev.countersign.demo.attacked.AttackedScene;
import dev.countersign.edge.HttpResponse;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.jose.CompactJws;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.json.JsonObject;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The application that is lured: it logs people in, and keeps the two servers apart. */
class LuredAppTest {
  private static AttackedScene scene;
  private static Target target;
  private static AttackedPlay play;
  private static ClientUnderTest app;
  private static ClientUnderTest signing;

  @BeforeAll
  static void open() throws Exception {
    scene = AttackedScene.open(Jose.jdk(), InstantSource.system());
    target = scene.target();
    play = new AttackedPlay(target);
    app = target.clientsUnderTest().getFirst();
    signing = target.clientsUnderTest().getLast();
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void logsTheVictimInByTheHonestServerAndShowsTheAccounts() throws Exception {
    try (TestBrowser browser = play.browser()) {
      URI end = play.walk(browser, get(app.startHonest()), target.users().getFirst());

      assertThat(end).isEqualTo(app.whoami());
      JsonObject who = json(browser.send(get(app.whoami())));
      assertThat(who.string("sub")).contains("person-4711");
      assertThat(who.string("issuer")).contains(target.issuer().value());
      JsonObject data = json(browser.send(get(app.data().orElseThrow())));
      assertThat(data.objects("accounts").orElseThrow()).hasSize(2);
    }
  }

  @Test
  void theOneThatSignsLogsTheVictimInAndShowsTheAccountsOfTheSigningBank() throws Exception {
    try (TestBrowser browser = play.browser()) {
      URI end = play.walk(browser, get(signing.startHonest()), target.users().getFirst());

      assertThat(end).isEqualTo(signing.whoami());
      JsonObject data = json(browser.send(get(signing.data().orElseThrow())));
      assertThat(data.objects("accounts").orElseThrow()).hasSize(2);
    }
  }

  @Test
  void sendsTheAttackersResourceNoTokenOfTheHonestServer() throws Exception {
    try (TestBrowser browser = play.browser()) {
      play.walk(browser, get(signing.startHonest()), target.users().getFirst());

      assertThat(browser.send(get(signing.dataHostile().orElseThrow())).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void knowsNobodyWithoutALogin() {
    try (TestBrowser browser = play.browser()) {
      assertThat(browser.send(get(app.whoami())).statusCode()).isEqualTo(401);
      assertThat(browser.send(get(app.data().orElseThrow())).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void beginsNoFlowThatNoPageOfTheSessionAskedFor() {
    try (TestBrowser browser = play.browser()) {
      browser.open(app.startHonest());
      Form forged = Form.builder().add("as", "honest").add("token", "0".repeat(64)).build();

      assertThat(browser.post(app.startHonest().resolve("/connect"), forged).status())
          .isEqualTo(403);
    }
  }

  @Test
  void takesNoAnswerThatNobodyWaitsFor() {
    try (TestBrowser browser = play.browser()) {
      browser.open(app.startHonest());
      for (URI callback : new URI[] {app.callbackHonest(), app.callbackHostile()}) {
        URI forged = URI.create(callback + "?code=a&state=b&iss=c");

        assertThat(browser.send(get(forged)).statusCode()).isEqualTo(400);
      }
      assertThat(browser.send(get(app.whoami())).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void saysWhatIsWrongWhileTheAttackersServerIsNotThere() {
    try (TestBrowser browser = play.browser()) {
      TestBrowser.Page answer = connectToHostile(browser);

      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).isNotBlank().doesNotContain("Exception");
    }
  }

  @Test
  void asksTheAttackersServerAnewInEachFlow() throws Exception {
    AtomicReference<Form> pushed = new AtomicReference<>();
    AtomicReference<String> place = new AtomicReference<>("/one");
    JsonObject honest;
    try (TestBrowser browser = play.browser()) {
      honest = json(browser.send(get(target.issuer().openIdConfiguration())));
    }
    TestListener listener = target.listener().orElseThrow();
    try (HttpsServer _ = hostile(listener, honest, place, pushed);
        TestBrowser browser = play.browser()) {
      assertThat(connectToHostile(browser).url().getPath()).isEqualTo("/one");
      place.set("/two");
      assertThat(connectToHostile(browser).url().getPath()).isEqualTo("/two");

      JsonObject assertion =
          CompactJws.parse(pushed.get().required("client_assertion")).unverifiedClaims();
      assertThat(assertion.string("aud")).contains(listener.url().toString());
      assertThat(assertion.string("sub")).contains(app.idAtHostile().value());
      assertThat(pushed.get().value("redirect_uri")).contains(app.callbackHostile().toString());
    }
  }

  private static TestBrowser.Page connectToHostile(TestBrowser browser) {
    TestBrowser.Page page = browser.open(app.startHostile());
    return browser.submit(page, "/connect", Map.of("choice", "connect"));
  }

  /**
   * An attacker's server that says of itself what the honest one says.
   *
   * @param place the path of its authorization endpoint
   * @param pushed where the last pushed request goes
   */
  private static HttpsServer hostile(
      TestListener listener,
      JsonObject honest,
      AtomicReference<String> place,
      AtomicReference<Form> pushed)
      throws Exception {
    String issuer = listener.url().toString();
    JsonObject copied =
        JsonObject.parse(honest.toJson().replace(target.issuer().value(), issuer).getBytes(UTF_8));
    return HttpsServer.builder()
        .bind(listener.host(), listener.port())
        .tls(TlsIdentity.of(listener.certificate().chain(), listener.certificate().key()))
        .handler(
            request -> {
              if (request.path().startsWith("/.well-known/")) {
                return HttpResponse.json(
                    200,
                    copied.without("authorization_endpoint").toBuilder()
                        .put("authorization_endpoint", issuer + place.get())
                        .build());
              }
              if (request.method().equals("POST")) {
                pushed.set(Form.parseBody(request.body()));
                return HttpResponse.json(
                    201,
                    JsonObject.builder()
                        .put("request_uri", "urn:example:1")
                        .put("expires_in", 60)
                        .build());
              }
              return HttpResponse.html(200, "<h1>hostile</h1>");
            })
        .start();
  }
}
