package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person is not asked again what they allowed before. */
class ConsentTest extends BrowserTest {
  private static final Duration LIFETIME = Duration.ofDays(90);

  private Params scope(String scope) {
    return request().with("scope", scope);
  }

  /** Logs in as Anna and allows the request of the app. */
  private Reply allowed(Browser browser, Params request) {
    Shown consent = browser.loggedIn(browser.start(request));
    assertThat(consent.isConsent()).isTrue();
    return tokens(Callback.of(browser.press(consent, "allow")));
  }

  private Reply tokens(Callback callback) {
    return server.app().token(server.app().codeRequest(callback.get("code")));
  }

  private Grant grant(Reply tokens) {
    RefreshToken token = new RefreshToken(tokens.string("refresh_token"));
    return server.store().findByRefreshToken(token.digest(), server.now()).orElseThrow();
  }

  private static void isAnswered(Shown shown) {
    assertThat(Callback.of(shown.reply()).get("code")).isNotEmpty();
  }

  @Test
  void isAskedForOnce() {
    Browser browser = browser();
    allowed(browser, request());
    Callback again = Callback.of(browser.start().reply());
    assertThat(again.target()).isEqualTo("https://app.example.com/callback");
    assertThat(again.get("state")).isEqualTo("some-state");
    assertThat(again.get("iss")).isEqualTo(TestServer.ISSUER.value());
    Reply tokens = tokens(again);
    assertThat(tokens.string("scope")).isEqualTo("openid profile accounts");
    assertThat(server.app().userinfo(tokens.string("access_token")).string("name"))
        .isEqualTo("Anna Example");
  }

  @Test
  void isNotAskedForAPartOfIt() {
    Browser browser = browser();
    allowed(browser, request());
    Callback part = Callback.of(browser.start(scope("openid accounts")).reply());
    assertThat(tokens(part).string("scope")).isEqualTo("openid accounts");
  }

  @Test
  void isAskedForAgainWhenAScopeIsAddedAndThenBothAreRemembered() {
    Browser browser = browser();
    allowed(browser, scope("openid accounts"));
    Shown more = browser.start(scope("openid payments"));
    assertThat(more.isConsent()).isTrue();
    browser.press(more, "allow");
    isAnswered(browser.start(scope("openid accounts payments")));
    assertThat(browser.start(scope("openid accounts payments email")).isConsent()).isTrue();
  }

  @Test
  @Requirement({"OA-18"})
  void isAskedForAgainWhenOfflineAccessIsAddedAndThenNoPartOfTheListIsTheOldOne() {
    Browser browser = browser();
    allowed(browser, scope("openid accounts"));
    Shown more = browser.start(scope("openid accounts offline_access"));
    assertThat(more.isConsent()).isTrue();
    assertThat(more.document().select(".before")).isEmpty();
    Shown another = browser.start(scope("openid accounts payments"));
    assertThat(another.document().select(".before")).hasSize(2);
  }

  @Test
  @Requirement({"OA-11"})
  void isAskedForAgainAtAnotherResource() {
    Browser browser = browser();
    allowed(browser, scope("openid profile"));
    Params elsewhere = scope("openid").with("resource", TestServer.REPORTS);
    Shown asked = browser.start(elsewhere);
    assertThat(asked.isConsent()).isTrue();
    browser.press(asked, "allow");
    isAnswered(browser.start(elsewhere));
    // The profile was allowed, but not there.
    assertThat(browser.start(elsewhere.with("scope", "openid profile")).isConsent()).isTrue();
  }

  @Test
  void isOfOnePersonAndOneClient() {
    Browser browser = browser();
    allowed(browser, scope("openid accounts"));
    String ofTheOther =
        server.other().push(server.other().authorizationRequest()).string("request_uri");
    assertThat(browser.open(server.other(), ofTheOther).isConsent()).isTrue();
    Browser bens = browser();
    Shown login = bens.start(scope("openid accounts"));
    assertThat(bens.follow(bens.logIn(login, People.BEN, People.BENS_PASSWORD)).isConsent())
        .isTrue();
  }

  @Test
  void holdsInAnotherBrowserOfThePerson() {
    allowed(browser(), request());
    Browser another = browser();
    isAnswered(another.loggedIn(another.start()));
  }

  @Test
  void endsAtItsLifetimeHoweverOftenItIsUsed() {
    Browser browser = browser();
    allowed(browser, request());
    server.pass(LIFETIME.minusSeconds(1));
    Shown login = browser.start();
    assertThat(login.isLogin()).isTrue();
    isAnswered(browser.loggedIn(login));
    server.pass(Duration.ofSeconds(1));
    assertThat(browser.start().isConsent()).isTrue();
  }

  @Test
  void isMadeLongerByAYesToTheSame() {
    Browser browser = browser();
    allowed(browser, request());
    server.pass(LIFETIME.minusSeconds(1));
    Shown consent = browser.loggedIn(browser.start(request().with("prompt", "consent")));
    browser.press(consent, "allow");
    server.pass(Duration.ofSeconds(1));
    isAnswered(browser.start());
  }

  @Test
  void aNoIsNotRememberedAndForgetsNothing() {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "deny");
    Shown again = browser.start();
    assertThat(again.isConsent()).isTrue();
    browser.press(again, "allow");
    browser.press(browser.start(request().with("prompt", "consent")), "deny");
    isAnswered(browser.start());
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void endsWithARevokedGrant() {
    Browser browser = browser();
    Reply tokens = allowed(browser, request());
    Params token = Params.of("token", tokens.string("refresh_token"));
    TestClient app = server.app();
    Params revocation = token.and(app.authenticatedBy(app.assertion()));
    assertThat(app.post("/revoke", revocation, List.of()).status()).isEqualTo(200);
    assertThat(browser.start().isConsent()).isTrue();
  }

  @Test
  @Requirement({"SP-5.3.2.2-9"})
  void endsWhenACodeIsReplayed() {
    Browser browser = browser();
    Callback callback = Callback.of(browser.press(browser.startLoggedIn(), "allow"));
    assertThat(tokens(callback).status()).isEqualTo(200);
    isAnswered(browser.start());
    assertThat(tokens(callback).outcome()).isEqualTo("400 invalid_grant");
    assertThat(browser.start().isConsent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"allow, code", "deny, error"})
  void aPageThatIsStillOpenCountsThoughNobodyNeedBeAskedAnyMore(String choice, String answer) {
    Browser browser = browser();
    Shown open = browser.startLoggedIn();
    browser.press(browser.start(), "allow");
    isAnswered(browser.start());
    assertThat(Callback.of(browser.press(open, choice)).query()).containsKey(answer);
  }

  @Test
  void aPageThatIsStillOpenIsAnsweredWhenItIsLoadedAgain() {
    Browser browser = browser();
    Shown open = browser.startLoggedIn();
    browser.press(browser.start(), "allow");
    isAnswered(browser.show(open.url()));
  }

  @Test
  void aYesCountsThoughWhatWasAllowedBeforeIsRevokedMeanwhile() {
    Browser browser = browser();
    Reply tokens = allowed(browser, scope("openid accounts"));
    Shown more = browser.start(scope("openid accounts payments"));
    server.store().revokeGrant(grant(tokens).id(), Set.of(), server.now());
    Reply anew = tokens(Callback.of(browser.press(more, "allow")));
    assertThat(anew.string("scope")).isEqualTo("openid accounts payments");
    isAnswered(browser.start(scope("openid accounts payments")));
  }

  @Test
  void aFormForSomebodyWhoNeedNotBeAskedStillNeedsItsToken() {
    Browser browser = browser();
    Shown open = browser.startLoggedIn();
    browser.press(browser.start(), "allow");
    Reply reply = browser.post(open.action(), open.pressed("deny").without("token"));
    assertThat(reply.header("Location")).contains(open.url().toString());
  }

  @Test
  void isNoReasonToSkipTheLogin() {
    allowed(browser(), request());
    assertThat(browser().start().isLogin()).isTrue();
  }
}
