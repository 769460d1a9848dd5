package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Shown;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of an interaction is worth nothing in another browser than its own. */
class OtherBrowserTest extends BrowserTest {

  private static void refused(Shown page) {
    assertThat(page.isError(400)).isTrue();
    assertThat(page.document().text()).contains("belongs to another browser");
  }

  @Test
  void refusesAPageOfAnotherBrowser() {
    Browser own = browser();
    Shown login = own.start();
    refused(browser().show(login.url()));
    Browser other = browser();
    other.startLoggedIn();
    refused(other.show(login.url()));
    assertThat(own.show(login.url()).isLogin()).isTrue();
  }

  @Test
  @Requirement({"A1-33"})
  void refusesAFormOfAnotherBrowser() {
    Browser own = browser();
    Browser other = browser();
    other.startLoggedIn();
    Shown login = own.start();
    refused(new Shown(login.action(), other.logIn(login, People.BEN, People.BENS_PASSWORD)));
    refused(new Shown(login.action(), other.press(login, "cancel")));
    Shown consent = own.loggedIn(login);
    refused(new Shown(consent.action(), other.press(consent, "allow")));
    refused(new Shown(consent.action(), other.press(consent, "deny")));
    assertThat(Callback.of(own.press(consent, "allow")).get("code")).isNotEmpty();
  }

  @Test
  void refusesABrowserThatLostItsKeyOrHasItTwice() {
    Browser browser = browser();
    Shown login = browser.start();
    String key = browser.cookie(Browser.KEY);
    browser.drop(Browser.KEY);
    refused(browser.show(login.url()));
    browser.plant(Browser.KEY, key.substring(1));
    refused(browser.show(login.url()));
    browser.plant(Browser.KEY, key + "; " + Browser.KEY + "=" + key);
    refused(browser.show(login.url()));
    browser.plant(Browser.KEY, key);
    assertThat(browser.show(login.url()).isLogin()).isTrue();
  }

  @Test
  void keepsItsKeyOverManyRequests() {
    Browser browser = browser();
    Shown one = browser.start();
    Shown two = browser.start();
    assertThat(browser.received()).hasSize(2).containsOnly(browser.received().getFirst());
    assertThat(browser.show(one.url()).isLogin()).isTrue();
    assertThat(browser.loggedIn(two).isConsent()).isTrue();
    assertThat(browser.show(one.url()).isConsent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?interaction=",
        "?interaction=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "?interaction=a%20b",
        "?interaction=%C3%A9",
        "?interaction=a&interaction=a",
        "?interaction=%FF"
      })
  void refusesAnAddressThatNamesNoInteraction(String query) {
    Browser browser = browser();
    Shown login = browser.start();
    URI url = URI.create(server.url("/interaction") + query);
    assertThat(browser.show(url).isError(400)).isTrue();
    assertThat(browser.show(login.url()).isLogin()).isTrue();
  }
}
