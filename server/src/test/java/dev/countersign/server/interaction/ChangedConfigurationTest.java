package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was allowed when a request was pushed may be so no longer when the person decides. */
class ChangedConfigurationTest {
  @TempDir Path folder;

  private static final UnaryOperator<String> WITHOUT_REFRESH =
      replacing(
          "[authorization_code, refresh_token, client_credentials]",
          "[authorization_code, client_credentials]");

  /** Shows the consent page, starts the server again with another configuration, goes on. */
  private void restarted(UnaryOperator<String> change, BiConsumer<Browser, Shown> goOn) {
    restarted(yaml -> yaml, change, goOn);
  }

  private void restarted(
      UnaryOperator<String> first, UnaryOperator<String> change, BiConsumer<Browser, Shown> goOn) {
    Browser browser;
    Shown consent;
    try (TestServer before = new TestServer(folder, yaml -> first.apply(People.in(yaml)))) {
      browser = new Browser(before);
      consent = browser.startLoggedIn();
    }
    try (TestServer after = new TestServer(folder, yaml -> change.apply(People.in(yaml)))) {
      goOn.accept(browser.at(after), consent);
    }
  }

  private static UnaryOperator<String> replacing(String old, String by) {
    return yaml -> {
      assertThat(yaml).contains(old);
      return yaml.replace(old, by);
    };
  }

  private static void toldTheClient(Browser browser, Shown consent, String error) {
    Reply decided = browser.press(consent, "allow");
    assertThat(decided.header("Location")).contains(consent.url().toString());
    Callback callback = Callback.of(browser.get(consent.url()));
    assertThat(callback.target()).isEqualTo("https://app.example.com/callback");
    assertThat(callback.get("error")).isEqualTo(error);
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(callback.get("iss")).isEqualTo(TestServer.ISSUER.value());
    assertThat(browser.show(consent.url()).isError(400)).isTrue();
  }

  @Test
  void aConversationGoesOnOverARestart() {
    restarted(
        yaml -> yaml,
        (browser, consent) ->
            assertThat(Callback.of(browser.press(consent, "allow")).get("code")).isNotEmpty());
  }

  @Test
  @Requirement({"PAR-13", "OA-1", "OA-2"})
  void aScopeThatTheClientLostIsNotGranted() {
    restarted(
        replacing(
            "scope: openid profile email offline_access accounts payments reports",
            "scope: openid profile reports"),
        (browser, consent) -> toldTheClient(browser, consent, "invalid_scope"));
  }

  @Test
  @Requirement({"PAR-13", "OA-1", "OA-2"})
  void aGrantThatTheClientLostIsNotMade() {
    restarted(
        replacing(
            "[authorization_code, refresh_token, client_credentials]", "[client_credentials]"),
        (browser, consent) -> toldTheClient(browser, consent, "unauthorized_client"));
  }

  @Test
  @Requirement({"PAR-13", "OA-2", "SP-5.3.2.1-7", "ATT-19"})
  void aRedirectUriThatIsNoLongerRegisteredGetsNothing() {
    restarted(
        replacing("https://app.example.com/callback", "https://app.example.com/elsewhere"),
        (browser, consent) -> {
          assertThat(browser.show(consent.url()).isError(400)).isTrue();
          for (String choice : new String[] {"allow", "deny"}) {
            Reply decided = browser.press(consent, choice);
            assertThat(new Shown(consent.action(), decided).isError(400)).isTrue();
          }
        });
  }

  @Test
  @Requirement({"PAR-13", "OA-2"})
  void aClientThatIsNoLongerRegisteredGetsNothing() {
    restarted(
        replacing("client_id: app\n", "client_id: app-of-old\n"),
        (browser, consent) -> {
          assertThat(browser.show(consent.url()).isError(400)).isTrue();
          Reply decided = browser.press(consent, "allow");
          assertThat(new Shown(consent.action(), decided).isError(400)).isTrue();
        });
  }

  @Test
  @Requirement({"PAR-13"})
  void whatIsRememberedReachesNoFurtherThanTheRegistration() {
    Browser browser;
    String refreshToken;
    Params claims = Params.of("claims", "{\"userinfo\":{\"email\":null}}");
    try (TestServer before = new TestServer(folder, People::in)) {
      browser = new Browser(before);
      Params request = before.app().authorizationRequest().and(claims);
      Shown consent = browser.loggedIn(browser.start(request));
      String code = Callback.of(browser.press(consent, "allow")).get("code");
      Reply tokens = before.app().token(before.app().codeRequest(code));
      assertThat(before.app().userinfo(tokens.string("access_token")).json().has("email")).isTrue();
      refreshToken = tokens.string("refresh_token");
    }
    UnaryOperator<String> fewer =
        replacing(
            "scope: openid profile email offline_access accounts payments reports",
            "scope: openid profile reports");
    // The clients of the second server have keys of their own, as after any restart here.
    try (TestServer after = new TestServer(folder, yaml -> fewer.apply(People.in(yaml)))) {
      Params request = after.app().authorizationRequest();
      assertThat(after.app().push(request).outcome()).isEqualTo("400 invalid_scope");
      Params allowed = request.with("scope", "openid profile").and(claims);
      Shown answered = browser.at(after).start(allowed);
      String code = Callback.of(answered.reply()).get("code");
      Reply tokens = after.app().token(after.app().codeRequest(code));
      assertThat(tokens.string("scope")).isEqualTo("openid profile");
      Reply refreshed = after.app().token(after.app().refreshRequest(refreshToken));
      for (Reply reply : List.of(tokens, refreshed)) {
        assertThat(after.app().userinfo(reply.string("access_token")).json().names())
            .containsExactlyInAnyOrder("sub", "name");
      }
    }
  }

  /** An allow is not taken, and the page is shown again with what it is about now. */
  private static Shown shownAgain(Browser browser, Shown consent, String news) {
    assertThat(consent.document().select("main").text()).doesNotContain(news);
    Reply decided = browser.press(consent, "allow");
    assertThat(decided.header("Location")).contains(consent.url().toString());
    Shown again = browser.show(consent.url());
    assertThat(again.isConsent()).isTrue();
    assertThat(again.document().select("main").text()).contains(news);
    return again;
  }

  @Test
  @Requirement({"PAR-13"})
  void aYesIsNoYesToAResourceThatThePageDidNotShow() {
    String both = "resources: ['" + TestServer.API + "', '" + TestServer.REPORTS + "']";
    String swapped = "resources: ['" + TestServer.REPORTS + "', '" + TestServer.API + "']";
    UnaryOperator<String> accountsThere =
        replacing("scopes: reports}", "scopes: accounts reports}");
    restarted(
        yaml -> replacing(both, swapped).apply(accountsThere.apply(yaml)),
        (browser, consent) -> {
          Shown again = shownAgain(browser, consent, TestServer.REPORTS);
          assertThat(Callback.of(browser.press(again, "allow")).get("code")).isNotEmpty();
        });
  }

  @Test
  @Requirement({"PAR-13"})
  void aYesForNowIsNoYesForGood() {
    restarted(
        WITHOUT_REFRESH,
        yaml -> yaml,
        (browser, consent) -> {
          Shown again = shownAgain(browser, consent, "Until you or The App end it");
          assertThat(Callback.of(browser.press(again, "allow")).get("code")).isNotEmpty();
        });
  }

  @Test
  @Requirement({"PAR-13"})
  void whatWasAllowedForNowIsNotRememberedForGood() {
    Browser browser;
    try (TestServer before =
        new TestServer(folder, yaml -> WITHOUT_REFRESH.apply(People.in(yaml)))) {
      browser = new Browser(before);
      browser.press(browser.startLoggedIn(), "allow");
      assertThat(Callback.of(browser.start().reply()).get("code")).isNotEmpty();
    }
    try (TestServer after = new TestServer(folder, People::in)) {
      browser = browser.at(after);
      Shown consent = browser.start();
      assertThat(consent.isConsent()).isTrue();
      // Only the time is new, and that is no part of the list.
      assertThat(consent.document().select(".before")).isEmpty();
      browser.press(consent, "allow");
      assertThat(Callback.of(browser.start().reply()).get("code")).isNotEmpty();
    }
  }

  @Test
  void aPersonWithoutAnAccountIsLoggedInNoLonger() {
    restarted(
        replacing("sub: u-anna", "sub: u-anna-the-second"),
        (browser, consent) -> {
          assertThat(browser.show(consent.url()).isLogin()).isTrue();
          assertThat(browser.follow(browser.press(consent, "allow")).isLogin()).isTrue();
          assertThat(browser.start().isLogin()).isTrue();
          assertThat(browser.loggedIn(browser.show(consent.url())).isConsent()).isTrue();
        });
  }
}
