package dev.countersign.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.FlowRequest;
import dev.countersign.demo.app.SunnyBudget;
import dev.countersign.demo.ca.LocalCa;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.DemoSecrets;
import dev.countersign.demo.scene.Door;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Scene;
import dev.countersign.demo.scene.Stage;
import dev.countersign.edge.HttpResponse;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.RedirectUri;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the app says of a payment when the bank does not answer as banks should. */
class UnclearPaymentTest {
  private Stage stage;
  private Door bank;
  private URI app;
  private TestBrowser browser;

  @BeforeEach
  void connect() throws Exception {
    InstantSource clock = InstantSource.system();
    LocalCa ca = LocalCa.create(clock.instant(), new SecureRandom());
    stage = new Stage(new Stage.Settings(Jose.jdk(), clock, ca));
    Door server = stage.door("127.0.0.1", 0);
    bank = stage.door("localhost", 0);
    Door door = stage.door("localhost", 0);
    app = door.origin();
    Person anna = Cast.anna(DemoSecrets.password(stage.random()));
    RedirectUri callback = new RedirectUri(app + SunnyBudget.CALLBACK);
    Scene scene = Scene.open(stage, server, bank, callback, List.of(anna));
    FlowRequest wanted = FlowRequest.of(Cast.ASKED.toString());
    door.serve(
        Party.CLIENT,
        new SunnyBudget(
            scene.client(),
            wanted,
            server.origin(),
            server.origin().resolve("/my-grants"),
            bank.origin(),
            clock,
            stage.random(),
            stage.wire()::refused));
    browser = new TestBrowser(ca.trust());
    TestBrowser.Page login = browser.submit(browser.open(app), "/connect", Map.of());
    TestBrowser.Page consent =
        browser.submit(
            login,
            "/interaction/login",
            Map.of("username", anna.username(), "password", anna.password(), "choice", "login"));
    browser.submit(consent, "/interaction/consent", Map.of("choice", "allow"));
  }

  @AfterEach
  void stop() {
    browser.close();
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{}", "{\"id\":\"P1\",\"balance\":1}"})
  void isNotSureOfAPaymentWhoseReceiptItCannotRead(String receipt) {
    TestBrowser.Page page = payAtABankThatAnswers(201, receipt);
    assertThat(page.heading()).isEqualTo("We do not know");
    assertThat(page.text()).contains("Look at your bookings").doesNotContain("Nothing was paid");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void isNotSureOfAPaymentInWhichTheBankFailed(int status) {
    TestBrowser.Page page = payAtABankThatAnswers(status, "");
    assertThat(page.heading()).isEqualTo("We do not know");
    assertThat(page.text()).doesNotContain("Nothing was paid");
  }

  @Test
  void isSureOfAPaymentThatTheBankDidNotTake() {
    TestBrowser.Page page = payAtABankThatAnswers(400, "");
    assertThat(page.heading()).isEqualTo("Not paid");
    assertThat(page.text()).contains("Nothing was paid");
  }

  private TestBrowser.Page payAtABankThatAnswers(int status, String body) {
    bank.serve(_ -> HttpResponse.of(status, "application/json", body.getBytes(UTF_8)));
    TestBrowser.Page consent =
        browser.submit(
            browser.open(app.resolve("/pay")), "/pay", OpenDemo.to("Corner Bookshop", "12.50"));
    return browser.submit(consent, "/interaction/consent", Map.of("choice", "allow"));
  }
}
