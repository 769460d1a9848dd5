package dev.countersign.server.mygrants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.browser.SessionId;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The login in front of My grants, which no client asked for. */
class MyGrantsLoginTest extends GrantingTest {

  private URI login() {
    return server.url("/my-grants/login");
  }

  @Test
  void needsNoClientsRequest() {
    Shown page = browser().show(url());
    assertThat(page.isLogin()).isTrue();
    assertThat(page.heading()).isEqualTo("Log in to see who has access");
    assertThat(page.action()).isEqualTo(login());
    assertThat(page.document().select("button").eachText()).containsExactly("Log in");
    assertThat(page.document().select("input[type=hidden]").eachAttr("name"))
        .containsExactly("token");
  }

  @Test
  @Requirement({"A1-12"})
  void leadsToMyGrantsAndNowhereElse() {
    Browser browser = browser();
    Shown page = new Shown(url(), browser.get(URI.create(url() + "?next=https://evil.example")));
    Params typed =
        page.pressed("login")
            .with("username", People.ANNA)
            .with("password", People.ANNAS_PASSWORD)
            .and("next", "https://evil.example")
            .and("return", "https://evil.example")
            .and("continue", "//evil.example");
    Reply reply = browser.post(page.action(), typed);
    assertThat(reply.status()).isEqualTo(303);
    assertThat(reply.header("Location")).contains(url().toString());
    assertThat(browser.follow(reply).heading()).isEqualTo("Who has access");
    URI elsewhere = URI.create(login() + "?next=https://evil.example");
    assertThat(browser.post(elsewhere, typed).status()).isEqualTo(400);
  }

  @Test
  @Requirement({"A1-35", "SP-5.3.2.2-10"})
  void opensAFreshSessionAndEndsTheOneOfBefore() {
    Browser browser = anna();
    String before = browser.cookie(Browser.SESSION);
    Browser other = browser();
    Shown page = other.show(url());
    other.plant(Browser.SESSION, before);
    other.logIn(page, People.BEN, People.BENS_PASSWORD);
    assertThat(other.cookie(Browser.SESSION)).isNotEqualTo(before);
    assertThat(server.store().findSession(new SessionId(before).digest(), server.now())).isEmpty();
    assertThat(browser.show(url()).isLogin()).isTrue();
    assertThat(other.show(url()).document().text()).contains("You are logged in as ben");
  }

  @Test
  @Requirement({"A1-35"})
  void makesNoSessionOfAnIdentifierThatWasPlanted() {
    Browser browser = browser();
    browser.plant(Browser.SESSION, "planted");
    Shown page = browser.show(url());
    assertThat(page.isLogin()).isTrue();
    browser.loggedIn(page);
    assertThat(browser.cookie(Browser.SESSION)).isNotEqualTo("planted");
    assertThat(browser.received())
        .last()
        .asString()
        .startsWith(Browser.SESSION + "=")
        .endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  void countsForClientsAndTheirsCountsHere() {
    assertThat(anna().start().isConsent()).isTrue();
    Browser browser = browser();
    browser.startLoggedIn();
    assertThat(browser.show(url()).heading()).isEqualTo("Who has access");
  }

  @Test
  @Requirement({"A1-48"})
  void showsTheSamePageWhicheverOfNameAndPasswordIsWrong() {
    Browser browser = browser();
    Shown page = browser.show(url());
    Shown wrong = new Shown(login(), browser.logIn(page, People.ANNA, "wrong"));
    assertThat(server.logged("detail")).contains("login failed");
    Shown unknown = new Shown(login(), browser.logIn(page, "eve", "wrong"));
    assertThat(wrong.document().select("[role=alert]").text())
        .isEqualTo("Username or password is wrong.");
    assertThat(wrong.reply().text().replace("value=\"anna\"", "value=\"eve\""))
        .isEqualTo(unknown.reply().text());
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
    assertThat(browser.loggedIn(unknown).heading()).isEqualTo("Who has access");
  }

  @Test
  @Requirement({"A1-33"})
  void isNotTakenWithoutTheTokenOfThisBrowser() {
    Browser browser = browser();
    Shown page = browser.show(url());
    String theirs = browser().show(url()).fields().get("token");
    Params form =
        page.pressed("login").with("username", People.ANNA).with("password", People.ANNAS_PASSWORD);
    for (Params forged :
        List.of(form.without("token"), form.with("token", theirs), form.with("token", "\u00e9"))) {
      Reply reply = browser.post(login(), forged);
      assertThat(reply.status()).isEqualTo(303);
      assertThat(reply.header("Location")).contains(url().toString());
      assertThat(browser.cookies()).containsExactly(Browser.KEY);
    }
    assertThat(browser.post(login(), form).status()).isEqualTo(303);
    assertThat(browser.cookies()).contains(Browser.SESSION);
  }

  @Test
  @Requirement({"A1-33"})
  void tellsABrowserThatBlocksCookies() {
    Browser browser = browser();
    Shown page = browser.show(url());
    browser.drop(Browser.KEY);
    Shown refused = new Shown(login(), browser.press(page, "login"));
    assertThat(refused.isError(400)).isTrue();
    assertThat(refused.document().text()).contains("cookies are blocked");
  }

  @Test
  void hasAnAddressThatLeadsBackWhenItIsTyped() {
    assertThat(browser().follow(browser().get(login())).isLogin()).isTrue();
  }

  @Test
  void isLeftByLoggingOut() {
    Browser browser = anna();
    Shown out = browser.show(server.url("/logout"));
    assertThat(out.document().select("main a").eachAttr("href"))
        .containsExactly("/tenant/my-grants");
    browser.press(out, "logout");
    assertThat(browser.show(url()).isLogin()).isTrue();
  }
}
