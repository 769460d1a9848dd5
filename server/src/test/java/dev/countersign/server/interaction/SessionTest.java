package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Shown;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a login lasts in a browser. */
class SessionTest extends BrowserTest {

  @Test
  void endsAtItsLifetime() {
    Browser browser = browser();
    browser.startLoggedIn();
    server.pass(Duration.ofHours(8).minusSeconds(1));
    assertThat(browser.start().isConsent()).isTrue();
    server.pass(Duration.ofSeconds(1));
    assertThat(browser.start().isLogin()).isTrue();
  }

  @Test
  void isNotMadeLongerByItsUse() {
    Browser browser = browser();
    browser.startLoggedIn();
    for (int hours = 1; hours < 8; hours++) {
      server.pass(Duration.ofHours(1));
      assertThat(browser.start().isConsent()).isTrue();
    }
    server.pass(Duration.ofHours(1));
    assertThat(browser.start().isLogin()).isTrue();
  }

  @Test
  void thatEndsWhileThePersonReadsAsksForALogin() {
    Browser browser = browser();
    browser.startLoggedIn();
    server.pass(Duration.ofHours(8).minusSeconds(60));
    Shown consent = browser.start();
    assertThat(consent.isConsent()).isTrue();
    server.pass(Duration.ofSeconds(60));
    assertThat(browser.follow(browser.press(consent, "allow")).isLogin()).isTrue();
  }

  @Test
  void anotherPersonWhoLogsInTakesOverTheOpenPages() {
    Browser browser = browser();
    Shown annas = browser.loggedIn(browser.start(request().with("prompt", "login")));
    Shown bens = browser.start(request().with("prompt", "login"));
    browser.logIn(bens, People.BEN, People.BENS_PASSWORD);
    assertThat(browser.follow(browser.press(annas, "allow")).isLogin()).isTrue();
    assertThat(browser.show(bens.url()).isConsent()).isTrue();
  }

  @Test
  @Requirement({"A1-35"})
  void belongsToItsCookieAlone() {
    Browser browser = browser();
    browser.startLoggedIn();
    String session = browser.cookie(Browser.SESSION);
    assertThat(browser().start().isLogin()).isTrue();
    browser.drop(Browser.SESSION);
    assertThat(browser.start().isLogin()).isTrue();
    browser.plant(Browser.SESSION, session);
    assertThat(browser.start().isConsent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "x", "", "a b", "\"x\""})
  void isNotTakenFromAForgedCookie(String forged) {
    Browser browser = browser();
    browser.plant(Browser.SESSION, forged);
    assertThat(browser.start().isLogin()).isTrue();
  }

  @Test
  void isNotTakenFromACookieThatIsThereTwice() {
    Browser browser = browser();
    browser.startLoggedIn();
    String session = browser.cookie(Browser.SESSION);
    browser.plant(Browser.SESSION, "x; " + Browser.SESSION + "=" + session);
    assertThat(browser.start().isLogin()).isTrue();
  }
}
