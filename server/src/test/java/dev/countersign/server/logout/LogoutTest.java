package dev.countersign.server.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.browser.SessionId;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A person ends the login of their browser. */
class LogoutTest extends BrowserTest {

  private URI url() {
    return server.url("/logout");
  }

  private Browser loggedIn() {
    Browser browser = browser();
    browser.startLoggedIn();
    return browser;
  }

  private Shown done(Browser browser, Shown page) {
    return new Shown(url(), browser.press(page, "logout"));
  }

  @Test
  void saysWhoIsLoggedIn() {
    Shown page = loggedIn().show(url());
    assertThat(page.reply().status()).isEqualTo(200);
    assertThat(page.document().text()).contains("You are logged in as " + People.ANNA);
    assertThat(page.action()).isEqualTo(url());
  }

  @Test
  void saysThatNobodyIs() {
    Shown page = browser().show(url());
    assertThat(page.reply().status()).isEqualTo(200);
    assertThat(page.heading()).isEqualTo("Nobody is logged in");
    assertThat(page.document().select("form")).isEmpty();
    assertThat(page.reply().all("Set-Cookie")).isEmpty();
  }

  @Test
  @Requirement({"A1-35"})
  void endsTheSessionInTheStoreAndInTheBrowser() {
    Browser browser = loggedIn();
    String session = browser.cookie(Browser.SESSION);
    Shown done = done(browser, browser.show(url()));
    assertThat(done.reply().status()).isEqualTo(200);
    assertThat(done.heading()).isEqualTo("You are logged out");
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
    assertThat(browser.received())
        .contains(Browser.SESSION + "=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    assertThat(server.store().findSession(new SessionId(session).digest(), server.now())).isEmpty();
    browser.plant(Browser.SESSION, session);
    assertThat(browser.show(url()).heading()).isEqualTo("Nobody is logged in");
    assertThat(browser.start().isLogin()).isTrue();
  }

  @Test
  void endsNothingByLookingAtIt() {
    Browser browser = loggedIn();
    browser.show(url());
    browser.show(URI.create(url() + "?choice=logout"));
    assertThat(browser.start().isConsent()).isTrue();
  }

  @Test
  void endsAPageInWhichThePersonLoggedInBefore() {
    Browser browser = browser();
    Shown consent = browser.startLoggedIn();
    done(browser, browser.show(url()));
    assertThat(browser.follow(browser.press(consent, "allow")).isLogin()).isTrue();
    Shown login = browser.show(consent.url());
    assertThat(login.isLogin()).isTrue();
    Reply taken = browser.logIn(login, People.BEN, People.BENS_PASSWORD);
    assertThat(browser.follow(taken).document().text())
        .contains("You are logged in as " + People.BEN);
  }

  @Test
  void endsALoginThatWasMadeForAnOpenPage() {
    Browser browser = browser();
    Shown consent = browser.loggedIn(browser.start(request().with("prompt", "login")));
    assertThat(consent.isConsent()).isTrue();
    done(browser, browser.show(url()));
    assertThat(browser.show(consent.url()).isLogin()).isTrue();
  }

  @Test
  void letsGrantsStand() {
    Browser browser = browser();
    String code = Callback.of(browser.press(browser.startLoggedIn(), "allow")).get("code");
    Reply tokens = server.app().token(server.app().codeRequest(code));
    done(browser, browser.show(url()));
    assertThat(server.app().userinfo(tokens.string("access_token")).status()).isEqualTo(200);
  }

  @Test
  @Requirement({"A1-33"})
  void isNotTakenWithoutTheTokenOfThisBrowserAndSession() {
    Browser browser = loggedIn();
    Shown page = browser.show(url());
    Browser attacker = loggedIn();
    String theirs = attacker.show(url()).fields().get("token");
    Params form = page.pressed("logout");
    for (Params forged :
        new Params[] {
          form.without("token"), form.with("token", theirs), form.with("token", "\u00e9")
        }) {
      Reply reply = browser.post(url(), forged);
      assertThat(reply.status()).isEqualTo(303);
      assertThat(reply.header("Location")).contains(url().toString());
    }
    assertThat(browser.start().isConsent()).isTrue();
    assertThat(done(browser, page).heading()).isEqualTo("You are logged out");
  }

  @Test
  @Requirement({"A1-33"})
  void aPageOfTheSessionBeforeEndsNotTheNext() {
    Browser browser = loggedIn();
    Shown before = browser.show(url());
    browser.loggedIn(browser.start(request().with("prompt", "login")));
    assertThat(browser.press(before, "logout").status()).isEqualTo(303);
    assertThat(browser.start().isConsent()).isTrue();
  }

  @Test
  @Requirement({"A1-33"})
  void aFormFromAnotherSiteEndsNothing() {
    Browser browser = loggedIn();
    Shown page = browser.show(url());
    // SameSite=Lax: a form of another site comes without cookies.
    assertThat(browser().post(url(), page.pressed("logout")).status()).isEqualTo(303);
    assertThat(browser.start().isConsent()).isTrue();
  }

  @Test
  void twiceIsNoError() {
    Browser browser = loggedIn();
    Shown page = browser.show(url());
    done(browser, page);
    Shown again = browser.follow(browser.press(page, "logout"));
    assertThat(again.heading()).isEqualTo("Nobody is logged in");
  }

  @Test
  void knowsNobodyWhoseSessionIsOver() {
    Browser browser = loggedIn();
    server.pass(Duration.ofHours(8));
    assertThat(browser.show(url()).heading()).isEqualTo("Nobody is logged in");
  }

  @Test
  void worksForABrowserThatLostItsKey() {
    Browser browser = loggedIn();
    browser.drop(Browser.KEY);
    assertThat(done(browser, browser.show(url())).heading()).isEqualTo("You are logged out");
  }

  @Test
  @Requirement({"BCP-4.2", "BCP-4.16"})
  void carriesTheHeadersOfEveryPage() {
    Reply reply = loggedIn().show(url()).reply();
    assertThat(reply.header("Content-Security-Policy").orElseThrow())
        .endsWith("form-action 'self'");
    assertThat(reply.header("X-Frame-Options")).contains("DENY");
    assertThat(reply.header("Cache-Control")).contains("no-store");
  }

  @Test
  void speaksTheLanguageOfTheBrowser() {
    Reply reply =
        loggedIn().send("GET", url(), List.of(Map.entry("Accept-Language", "de")), new byte[0]);
    Shown page = new Shown(url(), reply);
    assertThat(page.heading()).isEqualTo("Abmelden");
    assertThat(page.document().text()).contains("Sie sind angemeldet als " + People.ANNA);
  }
}
