package dev.countersign.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.demo.scene.Signing;
import dev.countersign.demo.story.Json;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person clicks through the demonstration in which every message is signed. */
class SignedDemoTest {
  private OpenDemo open;
  private TestBrowser browser;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    open = new OpenDemo(folder, Signing.EVERY_MESSAGE);
    browser = open.browser();
  }

  @AfterEach
  void stop() {
    browser.close();
    open.close();
  }

  @Test
  void goesFromTheFirstClickToAPaymentAndMissesNothing() throws Exception {
    assertThat(open.connect(browser, open.anna()).text()).contains("€1,520.00");
    open.pay(browser, "Corner Bookshop", "12.50");
    assertThat(browser.open(open.demo().app().resolve("/accounts")).text()).contains("€1,507.50");
    assertThat(open.told()).allSatisfy(told -> assertThat(told.misses()).isEmpty());
    assertThat(open.kinds())
        .containsSubsequence(
            MessageKind.PUSH,
            MessageKind.CONSENT,
            MessageKind.TOKEN,
            MessageKind.BANK_METADATA,
            MessageKind.BANK_KEYS,
            MessageKind.ACCOUNTS,
            MessageKind.PAYMENT);
  }

  @Test
  void takesASignedNoForANo() {
    TestBrowser.Page consent = open.logIn(browser, open.begin(browser), open.anna());
    open.decide(browser, consent, "deny");
    assertThat(open.told().reversed().stream().filter(one -> one.kind() == MessageKind.DENIED))
        .singleElement()
        .satisfies(told -> assertThat(told.misses()).isEmpty());
    assertThat(open.kinds()).doesNotContain(MessageKind.TOKEN);
  }

  @Test
  @Requirement({"JARM-6", "ATT-62"})
  void letsTheReaderChangeTheSignedResponseAndTheAppRefusesIt() throws Exception {
    open.connect(browser, open.anna());
    JsonObject callback =
        open.shown(browser).stream()
            .filter(message -> Json.show(message, "kind").equals("app callback"))
            .findFirst()
            .orElseThrow();
    assertThat(Json.objects(callback, "signed"))
        .extracting(one -> Json.show(one, "signer"))
        .containsExactly("the authorization server");
    open.forget();
    JsonObject attack = open.breakFirst(browser, "app callback", "altered_response");
    JsonObject attempt = Json.object(attack, "attempt").orElseThrow();
    assertThat(Json.show(attempt, "verdict")).isEqualTo("refused");
    assertThat(open.kinds()).containsExactly(MessageKind.APP_CALLBACK);
  }
}
