package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A form is taken only from the page that was shown to this browser, for this step and person. */
@Requirement({"A1-33"})
class FormTokenTest extends BrowserTest {

  private static String token(Shown page) {
    return page.fields().get("token");
  }

  /** The form is not taken: back to the dispatcher, which shows the step again. */
  private static Shown notTaken(Browser browser, Shown page, Params form) {
    Reply reply = browser.post(page.action(), form);
    assertThat(reply.header("Location")).contains(page.url().toString());
    return browser.follow(reply);
  }

  @Test
  void aLoginFormWithoutItsTokenLogsNobodyIn() {
    Browser browser = browser();
    Shown login = browser.start();
    Params form =
        login
            .pressed("login")
            .with("username", People.ANNA)
            .with("password", People.ANNAS_PASSWORD);
    String ofAnother = token(browser.start());
    assertThat(notTaken(browser, login, form.without("token")).isLogin()).isTrue();
    for (String token : List.of(ofAnother, "x", "\u00e9", "a b", "x".repeat(129), "\n")) {
      assertThat(notTaken(browser, login, form.with("token", token)).isLogin()).as(token).isTrue();
    }
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
    assertThat(browser.follow(browser.post(login.action(), form)).isConsent()).isTrue();
  }

  @Test
  void aCancelWithoutItsTokenEndsNothing() {
    Browser browser = browser();
    Shown login = browser.start();
    assertThat(notTaken(browser, login, login.pressed("cancel").without("token")).isLogin())
        .isTrue();
    assertThat(Callback.of(browser.press(login, "cancel")).get("error")).isEqualTo("access_denied");
  }

  @Test
  void aDecisionWithoutItsTokenDecidesNothing() {
    Browser browser = browser();
    Shown login = browser.start();
    Shown consent = browser.loggedIn(login);
    String ofAnother = token(browser.start());
    for (String choice : List.of("allow", "deny")) {
      Params form = consent.pressed(choice);
      assertThat(notTaken(browser, consent, form.without("token")).isConsent()).isTrue();
      for (String token : List.of(ofAnother, token(login), "\u00e9", "x".repeat(129))) {
        assertThat(notTaken(browser, consent, form.with("token", token)).isConsent()).isTrue();
      }
    }
    assertThat(Callback.of(browser.press(consent, "allow")).get("code")).isNotEmpty();
  }

  @Test
  void aDecisionBeforeTheLoginDecidesNothing() {
    Browser browser = browser();
    Shown login = browser.start();
    Params form = login.fields().and("choice", "allow");
    Reply reply = browser.post(server.url("/interaction/consent"), form);
    assertThat(browser.follow(reply).isLogin()).isTrue();
  }

  @Test
  void aDecisionThatOnePersonWasShownIsNotTakenFromAnother() {
    Browser browser = browser();
    browser.startLoggedIn();
    Shown shownToAnna = browser.start();
    assertThat(shownToAnna.document().text()).contains("You are logged in as " + People.ANNA);
    Shown login = browser.start(request().with("prompt", "login"));
    browser.logIn(login, People.BEN, People.BENS_PASSWORD);
    Shown shownToBen = notTaken(browser, shownToAnna, shownToAnna.pressed("allow"));
    assertThat(shownToBen.isConsent()).isTrue();
    assertThat(shownToBen.document().text()).contains("You are logged in as " + People.BEN);
    assertThat(token(shownToBen)).isNotEqualTo(token(shownToAnna));
    assertThat(Callback.of(browser.press(shownToBen, "allow")).get("code")).isNotEmpty();
  }

  @Test
  void aTokenFitsNoOtherBrowser() {
    Browser browser = browser();
    Browser attacker = browser();
    Shown consent = browser.startLoggedIn();
    Shown own = attacker.start();
    Params form = consent.pressed("allow").with("token", token(own));
    assertThat(notTaken(browser, consent, form).isConsent()).isTrue();
    Reply reply = attacker.post(consent.action(), consent.pressed("allow"));
    assertThat(new Shown(consent.action(), reply).isError(400)).isTrue();
  }

  @Test
  void aChoiceThatThereIsNotDecidesNothing() {
    Browser browser = browser();
    Shown consent = browser.startLoggedIn();
    for (String choice : List.of("", "Allow", "yes", "allow deny")) {
      Params form = consent.fields().and("choice", choice);
      assertThat(notTaken(browser, consent, form).isConsent()).as(choice).isTrue();
    }
    assertThat(notTaken(browser, consent, consent.fields()).isConsent()).isTrue();
    assertThat(Callback.of(browser.press(consent, "deny")).get("error")).isEqualTo("access_denied");
  }

  @Test
  void aSecondLoginFormOfOneInteractionChangesNobody() {
    Browser browser = browser();
    Shown login = browser.start();
    browser.loggedIn(login);
    Reply again = browser.logIn(login, People.BEN, People.BENS_PASSWORD);
    assertThat(again.all("Set-Cookie")).isEmpty();
    assertThat(browser.follow(again).document().text())
        .contains("You are logged in as " + People.ANNA);
  }

  @Test
  void aFormThatAnotherSiteSentDecidesNothing() {
    Browser browser = browser();
    Shown consent = browser.startLoggedIn();
    List<Map.Entry<String, String>> foreign =
        List.of(
            Map.entry("Origin", "https://attacker.example"),
            Map.entry("Origin", TestServer.ISSUER.value() + ".attacker.example"),
            Map.entry("Origin", TestServer.ISSUER.value().replace("https:", "http:")),
            Map.entry("Sec-Fetch-Site", "cross-site"),
            Map.entry("Sec-Fetch-Site", "same-site"));
    for (Map.Entry<String, String> field : foreign) {
      Reply reply = sent(browser, consent, field);
      assertThat(reply.header("Location")).as("%s", field).contains(consent.url().toString());
    }
    Reply own = sent(browser, consent, Map.entry("Origin", origin()));
    assertThat(Callback.of(own).get("code")).isNotEmpty();
  }

  @Test
  void aFormWhoseSenderTheBrowserDoesNotNameIsJudgedByItsToken() {
    Browser browser = browser();
    Shown consent = browser.startLoggedIn();
    // What Chromium sends under Referrer-Policy: no-referrer.
    Reply reply = sent(browser, consent, Map.entry("Origin", "null"));
    assertThat(Callback.of(reply).get("code")).isNotEmpty();
  }

  private static String origin() {
    return TestServer.ISSUER.uri().resolve("/").toString().replaceAll("/$", "");
  }

  private static Reply sent(Browser browser, Shown page, Map.Entry<String, String> field) {
    return browser.send(
        "POST",
        page.action(),
        List.of(Map.entry("Content-Type", "application/x-www-form-urlencoded"), field),
        page.pressed("allow").encode().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aFormFromAnotherSiteFindsNoInteraction() {
    Browser browser = browser();
    Shown consent = browser.startLoggedIn();
    // SameSite=Lax: a form of another site comes without cookies.
    Reply reply = browser().post(consent.action(), consent.pressed("allow"));
    assertThat(new Shown(consent.action(), reply).isError(400)).isTrue();
    assertThat(Callback.of(browser.press(consent, "allow")).get("code")).isNotEmpty();
  }

  @Test
  @Requirement({"A1-34"})
  void whatTheFormSaysOfScopeAndClientIsNotRead() {
    Browser browser = browser();
    Shown consent = browser.start(request().with("scope", "openid accounts"));
    consent = browser.loggedIn(consent);
    Params form =
        consent
            .pressed("allow")
            .and("scope", "openid accounts payments")
            .and("client_id", "other-app")
            .and("sub", "u-ben")
            .and("redirect_uri", "https://other.example.com/callback");
    Callback callback = Callback.of(browser.post(consent.action(), form));
    assertThat(callback.target()).isEqualTo("https://app.example.com/callback");
    Reply tokens = server.app().token(server.app().codeRequest(callback.get("code")));
    assertThat(tokens.string("scope")).isEqualTo("openid accounts");
    assertThat(server.app().userinfo(tokens.string("access_token")).string("sub"))
        .isEqualTo("u-anna");
  }
}
