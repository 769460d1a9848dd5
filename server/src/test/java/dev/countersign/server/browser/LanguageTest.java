package dev.countersign.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Shown;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The language of the pages. */
class LanguageTest extends BrowserTest {

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace(
            "description: See your accounts}",
            "description: {en: See your accounts, de: Ihre Konten sehen}}");
  }

  private static Shown get(Browser browser, URI url, String accepted) {
    return new Shown(
        url,
        browser.send("GET", url, List.of(Map.entry("Accept-Language", accepted)), new byte[0]));
  }

  private static String language(Shown page) {
    return page.document().select("html").attr("lang");
  }

  @Test
  void thePagesSpeakTheLanguageThatTheClientAsksFor() {
    Browser browser = browser();
    Params request = request().with("ui_locales", "fr de-CH en").with("scope", "openid accounts");
    Shown login = browser.start(request);
    assertThat(language(login)).isEqualTo("de");
    assertThat(login.heading()).isEqualTo("Anmelden und weiter zu The App");
    Shown wrong = new Shown(login.action(), browser.logIn(login, "anna", "x"));
    assertThat(wrong.document().select("[role=alert]").text())
        .isEqualTo("Benutzername oder Passwort ist falsch.");
    assertThat(wrong.document().title()).startsWith("Problem: Anmelden");
    Shown consent = browser.loggedIn(login);
    assertThat(language(consent)).isEqualTo("de");
    assertThat(consent.document().select("li").eachText())
        .containsExactly("Wissen, dass Sie es sind", "Ihre Konten sehen");
    assertThat(consent.document().text())
        .contains("Bis Sie oder The App den Zugriff beenden", "Sie sind angemeldet als anna.");
    assertThat(consent.document().select("button").eachText())
        .containsExactly("Erlauben", "Nicht erlauben");
  }

  @Test
  void orElseTheLanguageThatTheBrowserPrefers() {
    Browser browser = browser();
    Shown login = browser.start();
    assertThat(language(login)).isEqualTo("en");
    assertThat(language(get(browser, login.url(), "fr, de;q=0.8, en;q=0.5"))).isEqualTo("de");
    assertThat(language(get(browser, login.url(), "de;q=0.5, en"))).isEqualTo("en");
    Shown asked = browser.start(request().with("ui_locales", "en"));
    assertThat(language(get(browser, asked.url(), "de"))).isEqualTo("en");
  }

  @Test
  @Requirement({"A1-37"})
  void aLanguageThatNobodyKnowsIsNoError() {
    Shown login = browser().start(request().with("ui_locales", "x\"><script> tlh"));
    assertThat(login.isLogin()).isTrue();
    assertThat(language(login)).isEqualTo("en");
    assertThat(login.document().select("script")).isEmpty();
  }

  @Test
  void anErrorPageSpeaksTheLanguageOfTheBrowser() {
    Shown page = get(browser(), server.url("/interaction"), "de-AT");
    assertThat(page.isError(400)).isTrue();
    assertThat(language(page)).isEqualTo("de");
    Shown other = get(browser(), browser().start().url(), "de");
    assertThat(other.heading()).isEqualTo("In diesem Browser haben Sie nicht begonnen");
  }

  @Test
  void answersThatProgramsReadStayEnglish() {
    Params wrong = request().with("ui_locales", "de").with("response_type", "token");
    assertThat(server.app().push(wrong).string("error_description")).isASCII();
  }

  @Test
  void theMetadataNameTheLanguages() throws MalformedJsonException {
    URI discovery = server.url("/.well-known/openid-configuration");
    assertThat(server.get(discovery).json().strings("ui_locales_supported"))
        .contains(List.of("en", "de"));
  }
}
