package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The login form. */
class LoginTest extends BrowserTest {

  private Shown tried(Browser browser, Shown login, String username, String password) {
    return new Shown(login.action(), browser.logIn(login, username, password));
  }

  @Test
  void logsInWithNameAndPasswordAndGoesOnToConsent() {
    Browser browser = browser();
    Reply reply = browser.logIn(browser.start(), People.ANNA, People.ANNAS_PASSWORD);
    assertThat(reply.status()).isEqualTo(303);
    assertThat(browser.cookies()).containsExactlyInAnyOrder(Browser.KEY, Browser.SESSION);
    assertThat(browser.follow(reply).isConsent()).isTrue();
  }

  @Test
  @Requirement({"A1-48"})
  void showsTheSamePageWhicheverOfNameAndPasswordIsWrong() {
    Browser browser = browser();
    Shown login = browser.start();
    assertThat(login.document().select("[role=alert]")).isEmpty();
    Shown wrongPassword = tried(browser, login, People.ANNA, People.BENS_PASSWORD);
    Shown unknownUser = tried(browser, login, "eve", People.BENS_PASSWORD);
    assertThat(wrongPassword.isLogin()).isTrue();
    assertThat(wrongPassword.document().select("[role=alert]").text())
        .isEqualTo("Username or password is wrong.");
    assertThat(wrongPassword.reply().text().replace("value=\"anna\"", "value=\"eve\""))
        .isEqualTo(unknownUser.reply().text());
    assertThat(wrongPassword.reply().response().headers().map().keySet())
        .isEqualTo(unknownUser.reply().response().headers().map().keySet());
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
    assertThat(browser.loggedIn(unknownUser).isConsent()).isTrue();
  }

  @Test
  void takesNoPasswordThatIsNotExactlyRight() {
    Browser browser = browser();
    Shown login = browser.start();
    String right = People.ANNAS_PASSWORD;
    for (String wrong :
        List.of("", " " + right, right + " ", right.toUpperCase(Locale.ROOT), "x")) {
      assertThat(tried(browser, login, People.ANNA, wrong).isLogin()).as(wrong).isTrue();
    }
    for (String wrong : List.of("", "Anna", "anna ", "u-anna")) {
      assertThat(tried(browser, login, wrong, right).isLogin()).as(wrong).isTrue();
    }
    Params bare = login.pressed("login").without("username").without("password");
    assertThat(new Shown(login.action(), browser.post(login.action(), bare)).isLogin()).isTrue();
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
    assertThat(browser.loggedIn(login).isConsent()).isTrue();
  }

  @Test
  void showsTheNameThatWasTypedAndNeverThePassword() {
    Browser browser = browser();
    Shown again = tried(browser, browser.start(), "somebody", "some-pass-phrase");
    assertThat(again.document().select("input[name=username]").val()).isEqualTo("somebody");
    assertThat(again.document().select("input[name=password]").val()).isEmpty();
    assertThat(again.reply().text()).doesNotContain("some-pass-phrase");
  }

  @Test
  void showsTheNameThatTheClientHintsAt() {
    Shown login = browser().start(request().with("login_hint", "anna@example.com"));
    assertThat(login.document().select("input[name=username]").val()).isEqualTo("anna@example.com");
  }

  @Test
  @Requirement({"OA-5"})
  void refusesAFieldThatComesTwice() {
    Browser browser = browser();
    Shown login = browser.start();
    Params form =
        login
            .pressed("login")
            .with("username", People.ANNA)
            .with("password", People.ANNAS_PASSWORD)
            .and("password", "x");
    assertThat(new Shown(login.action(), browser.post(login.action(), form)).isError(400)).isTrue();
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
  }

  @Test
  @Requirement({"A1-35"})
  void givesAFreshSessionAtEachLoginAndEndsTheOneBefore() {
    Browser browser = browser();
    browser.plant(Browser.SESSION, "planted-by-an-attacker");
    browser.startLoggedIn();
    String first = browser.cookie(Browser.SESSION);
    assertThat(first).matches("[\\w-]{43}").isNotEqualTo("planted-by-an-attacker");
    browser.loggedIn(browser.start(request().with("prompt", "login")));
    String second = browser.cookie(Browser.SESSION);
    assertThat(second).isNotEqualTo(first);

    assertThat(browser.start().isConsent()).isTrue();
    for (String old : List.of(first, "planted-by-an-attacker")) {
      Browser thief = browser();
      thief.plant(Browser.SESSION, old);
      assertThat(thief.start().isLogin()).as(old).isTrue();
    }
  }

  @Test
  @Requirement({"A1-35"})
  void setsCookiesThatOnlyThisHostAndNoScriptMayReadAndNoOtherSiteMayUse() {
    Browser browser = browser();
    browser.startLoggedIn();
    assertThat(browser.received()).hasSize(2);
    assertThat(browser.received())
        .allMatch(
            cookie ->
                cookie.matches(
                    "__Host-countersign-(browser|session)=[\\w-]{43}"
                        + "; Path=/; Secure; HttpOnly; SameSite=Lax"));
  }

  @Test
  @Requirement({"A1-12"})
  void goesNowhereThatAFieldOfTheFormNames() {
    Browser browser = browser();
    Shown login = browser.start();
    Params form =
        login
            .pressed("login")
            .with("username", People.ANNA)
            .with("password", People.ANNAS_PASSWORD)
            .and("return_to", "https://evil.example.com/")
            .and("continue", "//evil.example.com/")
            .and("redirect_uri", "https://evil.example.com/");
    Reply reply = browser.post(login.action(), form);
    assertThat(reply.header("Location")).contains(login.url().toString());
    assertThat(browser.follow(reply).isConsent()).isTrue();
  }
}
