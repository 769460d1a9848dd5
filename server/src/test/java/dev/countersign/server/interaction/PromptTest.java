package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may want of the login: {@code prompt} and {@code max_age}. */
class PromptTest extends BrowserTest {

  /** Opens a request that must not show a page. */
  private Callback silently(Browser browser, Params request) {
    Reply opened = browser.authorize(server.app(), pushed(request));
    return Callback.of(browser.get(URI.create(opened.header("Location").orElseThrow())));
  }

  private Params prompt(String value) {
    return request().with("prompt", value);
  }

  private Params maxAge(String seconds) {
    return request().with("max_age", seconds);
  }

  /** When the person logged in, as the ID token says it. */
  private Instant authTime(Browser browser, Shown consent) throws MalformedJsonException {
    String code = Callback.of(browser.press(consent, "allow")).get("code");
    String idToken = server.app().token(server.app().codeRequest(code)).string("id_token");
    return Instant.ofEpochSecond(RawJwt.claims(idToken).integer("auth_time").orElseThrow());
  }

  @Test
  @Requirement({"OA-14", "OA-1", "SP-5.3.2.2-7"})
  void noneAnswersLoginRequiredWithoutASession() {
    Browser browser = browser();
    Callback callback = silently(browser, prompt("none"));
    assertThat(callback.target()).isEqualTo("https://app.example.com/callback");
    assertThat(callback.get("error")).isEqualTo("login_required");
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(callback.get("iss")).isEqualTo(TestServer.ISSUER.value());
  }

  @Test
  @Requirement({"OA-14", "OA-1", "SP-5.3.2.2-7"})
  void noneAnswersConsentRequiredWithASession() {
    Browser browser = browser();
    browser.startLoggedIn();
    Callback callback = silently(browser, prompt("none"));
    assertThat(callback.get("error")).isEqualTo("consent_required");
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(callback.get("iss")).isEqualTo(TestServer.ISSUER.value());
  }

  @Test
  @Requirement({"OA-14", "OA-15"})
  void noneAnswersLoginRequiredWhenTheLoginIsTooOld() {
    Browser browser = browser();
    browser.startLoggedIn();
    server.pass(Duration.ofSeconds(60));
    assertThat(silently(browser, prompt("none").with("max_age", "60")).get("error"))
        .isEqualTo("consent_required");
    assertThat(silently(browser, prompt("none").with("max_age", "59")).get("error"))
        .isEqualTo("login_required");
  }

  @Test
  @Requirement({"SP-5.3.2.2-N3"})
  void noneUsesTheRequestUp() {
    Browser browser = browser();
    String requestUri = pushed(prompt("none"));
    Shown shown = browser.open(requestUri);
    assertThat(Callback.of(shown.reply()).get("error")).isEqualTo("login_required");
    assertThat(browser.show(shown.url()).isError(400)).isTrue();
    assertThat(new Shown(shown.url(), browser.authorize(server.app(), requestUri)).isError(400))
        .isTrue();
  }

  @Test
  void reusesTheSessionIfNothingElseIsWanted() throws MalformedJsonException {
    Browser browser = browser();
    Instant login = server.now();
    browser.startLoggedIn();
    server.pass(Duration.ofSeconds(100));
    Shown consent = browser.start();
    assertThat(consent.isConsent()).isTrue();
    assertThat(authTime(browser, consent)).isEqualTo(login);
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "select_account", "login consent"})
  @Requirement({"OA-14", "OA-15"})
  void loginAndSelectAccountForceANewLogin(String prompt) throws MalformedJsonException {
    Browser browser = browser();
    browser.startLoggedIn();
    server.pass(Duration.ofSeconds(10));
    Shown login = browser.start(prompt(prompt));
    assertThat(login.isLogin()).isTrue();
    Instant now = server.now();
    Shown consent = browser.loggedIn(login);
    assertThat(consent.isConsent()).isTrue();
    assertThat(authTime(browser, consent)).isEqualTo(now);
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "select_account"})
  @Requirement({"OA-14"})
  void aNewLoginAsksForNothingThatIsRemembered(String prompt) {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "allow");
    Shown answered = browser.loggedIn(browser.start(prompt(prompt)));
    assertThat(Callback.of(answered.reply()).get("code")).isNotEmpty();
  }

  @Test
  @Requirement({"OA-14"})
  void loginAndConsentForceBoth() {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "allow");
    Shown login = browser.start(prompt("login consent"));
    assertThat(login.isLogin()).isTrue();
    assertThat(browser.loggedIn(login).isConsent()).isTrue();
  }

  @Test
  @Requirement({"OA-14"})
  void consentAsksForConsentOnlyAndEachTime() {
    Browser browser = browser();
    browser.startLoggedIn();
    Shown first = browser.start(prompt("consent"));
    assertThat(first.isConsent()).isTrue();
    browser.press(first, "allow");
    Shown again = browser.start(prompt("consent"));
    assertThat(again.isConsent()).isTrue();
    assertThat(Callback.of(browser.press(again, "allow")).get("code")).isNotEmpty();
  }

  @Test
  @Requirement({"OA-14", "OA-1"})
  void noneGivesACodeForWhatIsRememberedAndNoMore() {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "allow");
    Callback callback = silently(browser, prompt("none"));
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(server.app().token(server.app().codeRequest(callback.get("code"))).string("scope"))
        .isEqualTo("openid profile accounts");
    Params more = prompt("none").with("scope", "openid profile accounts payments");
    assertThat(silently(browser, more).get("error")).isEqualTo("consent_required");
    assertThat(silently(browser(), prompt("none")).get("error")).isEqualTo("login_required");
  }

  @Test
  @Requirement({"OA-14", "OA-15"})
  void noneWithMaxAgeZeroNeverGivesACode() {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "allow");
    assertThat(silently(browser, prompt("none").with("max_age", "0")).get("error"))
        .isEqualTo("login_required");
  }

  @Test
  @Requirement({"OA-14"})
  void aHintIsFilledInAndChangesNobodyWhoIsLoggedIn() throws MalformedJsonException {
    Browser browser = browser();
    Shown login = browser.start(request().with("login_hint", People.BEN));
    assertThat(login.document().select("input[name=username]").val()).isEqualTo(People.BEN);
    browser.press(browser.loggedIn(login), "allow");
    Shown answered = browser.start(request().with("login_hint", People.BEN));
    String code = Callback.of(answered.reply()).get("code");
    String idToken = server.app().token(server.app().codeRequest(code)).string("id_token");
    assertThat(RawJwt.claims(idToken).string("sub")).contains(TestServer.ANNA.value());
  }

  @Test
  @Requirement({"OA-15"})
  void maxAgeForcesANewLoginOneSecondAfterIt() throws MalformedJsonException {
    Browser browser = browser();
    Instant first = server.now();
    browser.startLoggedIn();
    server.pass(Duration.ofMinutes(5));
    Shown young = browser.start(maxAge("300").with("prompt", "consent"));
    assertThat(young.isConsent()).isTrue();
    assertThat(authTime(browser, young)).isEqualTo(first);
    server.pass(Duration.ofSeconds(1));
    Shown old = browser.start(maxAge("300").with("prompt", "consent"));
    assertThat(old.isLogin()).isTrue();
    Instant second = server.now();
    Shown consent = browser.loggedIn(old);
    assertThat(authTime(browser, consent)).isEqualTo(second);
  }

  @Test
  @Requirement({"OA-15"})
  void maxAgeIsJudgedAgainWhenThePersonDecides() {
    Browser browser = browser();
    browser.startLoggedIn();
    Shown consent = browser.start(maxAge("300"));
    server.pass(Duration.ofSeconds(301));
    assertThat(browser.follow(browser.press(consent, "allow")).isLogin()).isTrue();
  }

  @Test
  @Requirement({"OA-15"})
  void aLoginOfThisConversationGrowsTooOldAsWell() {
    Browser browser = browser();
    Shown consent = browser.loggedIn(browser.start(maxAge("300")));
    server.pass(Duration.ofSeconds(301));
    assertThat(browser.follow(browser.press(consent, "allow")).isLogin()).isTrue();
  }

  @Test
  @Requirement({"OA-15"})
  void aLoginIsNoOlderThanItsWholeSecondSays() {
    server.pass(Duration.ofMillis(900));
    Browser browser = browser();
    Shown login = browser.start(maxAge("1").with("prompt", "consent"));
    Reply done = browser.logIn(login, People.ANNA, People.ANNAS_PASSWORD);
    server.pass(Duration.ofMillis(200));
    Shown consent = browser.follow(done);
    assertThat(consent.isConsent()).isTrue();
    server.pass(Duration.ofMillis(900));
    assertThat(browser.follow(browser.press(consent, "allow")).isLogin()).isTrue();
  }

  @Test
  @Requirement({"OA-15"})
  void maxAgeZeroAlwaysForcesANewLogin() throws MalformedJsonException {
    Browser browser = browser();
    browser.startLoggedIn();
    Shown login = browser.start(maxAge("0"));
    assertThat(login.isLogin()).isTrue();
    Instant now = server.now();
    Shown consent = browser.loggedIn(login);
    server.pass(Duration.ofSeconds(5));
    assertThat(authTime(browser, consent)).isEqualTo(now);
  }
}
