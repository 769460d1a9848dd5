package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guessing of passwords at a server with the usual bounds. */
class ThrottleTest {
  private TestServer server;
  private Browser browser;
  private Shown login;

  @BeforeEach
  void start(@TempDir Path folder) {
    server =
        new TestServer(
            folder,
            yaml ->
                People.in(yaml)
                    .replace(
                        "login: {failures_per_account: 100, failures_per_address: none}\n", ""));
    browser = new Browser(server);
    login = browser.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Shown tried(String username, String password) {
    return new Shown(login.action(), browser.logIn(login, username, password));
  }

  private void failTimes(int times, String username) {
    for (int i = 0; i < times; i++) {
      assertThat(tried(username, "wrong").isLogin()).isTrue();
      assertThat(server.logged("detail")).contains("login failed");
    }
  }

  private static void throttled(Shown page, String seconds, String words) {
    assertThat(page.reply().status()).isEqualTo(429);
    assertThat(page.reply().header("Retry-After")).contains(seconds);
    assertThat(page.document().select("[role=alert]").text())
        .isEqualTo("There were too many failed tries. Please wait " + words + ", then try again.");
    assertThat(page.document().select("input[type=password][aria-invalid]")).isEmpty();
  }

  @Test
  void afterFiveFailuresNotEvenTheRightPasswordIsLookedAt() {
    failTimes(5, People.ANNA);
    throttled(tried(People.ANNA, People.ANNAS_PASSWORD), "60", "one minute");
    assertThat(server.logged("detail")).contains("login throttled");
    assertThat(server.logged("status")).contains("429");
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
    server.pass(Duration.ofSeconds(59));
    throttled(tried(People.ANNA, People.ANNAS_PASSWORD), "1", "one minute");
    server.pass(Duration.ofSeconds(1));
    assertThat(browser.loggedIn(login).isConsent()).isTrue();
  }

  @Test
  void theWaitGrows() {
    failTimes(5, People.ANNA);
    server.pass(Duration.ofMinutes(1));
    failTimes(1, People.ANNA);
    throttled(tried(People.ANNA, "wrong"), "120", "2 minutes");
  }

  @Test
  void somebodyElseAndTheFormsCancelButtonDoNotWait() {
    failTimes(5, People.ANNA);
    assertThat(browser.follow(browser.logIn(login, People.BEN, People.BENS_PASSWORD)).isConsent())
        .isTrue();
    Browser annas = new Browser(server);
    assertThat(Callback.of(annas.press(annas.start(), "cancel")).get("error"))
        .isEqualTo("access_denied");
  }

  @Test
  void aLoginEndsTheCountOfItsAccount() {
    failTimes(4, People.ANNA);
    browser.loggedIn(login);
    browser = new Browser(server);
    login = browser.start();
    failTimes(5, People.ANNA);
    throttled(tried(People.ANNA, "wrong"), "60", "one minute");
  }

  @Test
  @Requirement({"A1-48"})
  void anUnknownNameIsAnsweredAsAKnownOneIs() {
    failTimes(4, "eve_");
    failTimes(4, People.ANNA);
    for (int i = 0; i < 3; i++) {
      Shown known = tried(People.ANNA, "wrong");
      Shown unknown = tried("eve_", "wrong");
      assertThat(known.reply().status()).isEqualTo(unknown.reply().status());
      assertThat(known.reply().header("Retry-After"))
          .isEqualTo(unknown.reply().header("Retry-After"));
      assertThat(known.reply().text().replace("value=\"anna\"", "value=\"eve_\""))
          .isEqualTo(unknown.reply().text());
    }
    assertThat(tried("eve_", "wrong").reply().status()).isEqualTo(429);
  }

  @Test
  void thirtyFailuresFromOneAddressMakeItWait() {
    for (int i = 0; i < 30; i++) {
      failTimes(1, "somebody" + i);
    }
    throttled(tried(People.ANNA, People.ANNAS_PASSWORD), "900", "15 minutes");
    server.pass(Duration.ofMinutes(14));
    login = browser.start();
    throttled(tried(People.ANNA, People.ANNAS_PASSWORD), "60", "one minute");
    server.pass(Duration.ofMinutes(1));
    assertThat(browser.loggedIn(login).isConsent()).isTrue();
  }

  @Test
  void anEmptyFieldIsNoFailure() {
    for (int i = 0; i < 40; i++) {
      Shown page = tried(i % 2 == 0 ? People.ANNA : "", "");
      assertThat(page.document().select("[role=alert]").text())
          .isEqualTo("Please enter your username and your password.");
      assertThat(server.logged("detail")).contains("login incomplete");
    }
    assertThat(browser.loggedIn(login).isConsent()).isTrue();
  }

  @Test
  void noLogLineHoldsTheNameThatWasTyped() {
    tried("a-password-in-the-wrong-field", "x");
    assertThat(server.log())
        .allSatisfy(
            event ->
                assertThat(event.getKeyValuePairs().toString())
                    .doesNotContain("a-password-in-the-wrong-field"));
  }
}
