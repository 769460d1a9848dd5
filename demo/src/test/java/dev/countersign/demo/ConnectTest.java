package dev.countersign.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.client.ServerRefused;
import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.Exchange;
import dev.countersign.demo.scene.Party;
import dev.countersign.demo.story.MessageKind;
import dev.countersign.demo.story.Told;
import dev.countersign.edge.Header;
import dev.countersign.protocol.http.FapiInteractionId;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.RefreshToken;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.rar.AuthorizationDetails;
import dev.countersign.requirement.Requirement;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectTest {
  private OpenDemo open;
  private TestBrowser browser;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    open = new OpenDemo(folder);
  }

  @AfterAll
  void stop() {
    open.close();
  }

  /** Long after the test before: what was allowed in it is no longer remembered. */
  @BeforeEach
  void comeAnew() {
    open.clock().advance(Duration.ofDays(90));
    browser = open.browser();
    open.forget();
  }

  @AfterEach
  void leave() {
    browser.close();
  }

  @Test
  void connectsAndShowsTheAccountsOfThePerson() {
    TestBrowser.Page accounts = open.connect(browser, open.anna());
    assertThat(accounts.url()).isEqualTo(open.demo().app().resolve("/accounts"));
    assertThat(accounts.heading()).isEqualTo("Your accounts");
    assertThat(accounts.text())
        .contains("Anna Sund", "Current account €1,520.00", "Savings €8,000.00", "€9,520.00");
    assertThat(accounts.html().select("nav [aria-current=page]").text()).isEqualTo("Accounts");
    assertThat(browser.open(open.demo().app()).heading()).isEqualTo("Your accounts");
  }

  @Test
  void showsEachPersonTheOwnAccountsOnly() {
    TestBrowser.Page accounts = open.connect(browser, open.ben());
    assertThat(accounts.text())
        .contains("Ben Okafor", "Everyday account €86.40")
        .doesNotContain("Savings");
    TestBrowser.Page annas = browser.open(open.demo().app().resolve("/accounts/savings"));
    assertThat(annas.status()).isEqualTo(404);
    assertThat(annas.text()).doesNotContain("8,000");
  }

  @Test
  void showsTheBookingsOfAnAccountTheNewestFirst() {
    open.connect(browser, open.anna());
    TestBrowser.Page bookings = browser.open(open.demo().app().resolve("/accounts/current"));
    assertThat(bookings.heading()).isEqualTo("Current account");
    assertThat(bookings.html().select(".bookings .name").eachText())
        .containsSubsequence("Hill Street Homes", "Harbour Library");
    assertThat(bookings.text()).contains("−€930.00", "+€2,450.00");
  }

  @Test
  void leadsTheBrowserFromTheAppToTheServerAndBackByNothingButThose() {
    TestBrowser.Page accounts = open.connect(browser, open.anna());
    assertThat(accounts.path().stream().map(url -> url.getAuthority() + url.getPath()))
        .containsExactly(
            open.demo().server().getAuthority() + "/interaction/consent",
            open.demo().app().getAuthority() + "/callback",
            open.demo().app().getAuthority() + "/accounts");
  }

  @Test
  void isRecognisedMessageByMessageAndMissesNothing() {
    open.connect(browser, open.anna());
    browser.open(open.demo().app().resolve("/accounts/current"));
    assertThat(open.kinds())
        .containsSubsequence(
            MessageKind.APP_PAGE,
            MessageKind.PUSH,
            MessageKind.APP_START,
            MessageKind.AUTHORIZE,
            MessageKind.LOGIN_PAGE,
            MessageKind.LOGIN,
            MessageKind.CONSENT_PAGE,
            MessageKind.CONSENT,
            MessageKind.TOKEN,
            MessageKind.USERINFO,
            MessageKind.APP_CALLBACK,
            MessageKind.ACCOUNTS,
            MessageKind.APP_PAGE,
            MessageKind.ACCOUNTS,
            MessageKind.TRANSACTIONS)
        .doesNotContain(MessageKind.OTHER, MessageKind.REFUSED);
    assertThat(open.told()).allSatisfy(told -> assertThat(told.misses()).isEmpty());
  }

  @Test
  void tellsWhoSpeaksAndThatTheAppAsksBeforeItAnswers() {
    open.connect(browser, open.anna());
    Exchange callback = open.newest(MessageKind.APP_CALLBACK);
    Exchange token = open.newest(MessageKind.TOKEN);
    assertThat(callback.from()).isEqualTo(Party.BROWSER);
    assertThat(token.from()).isEqualTo(Party.CLIENT);
    assertThat(open.newest(MessageKind.LOGIN).from()).isEqualTo(Party.BROWSER);
    assertThat(callback.asked()).isLessThan(token.asked());
    assertThat(callback.number()).isGreaterThan(token.number());
  }

  @Test
  void saysThatThePersonDidNotAllowIt() {
    TestBrowser.Page consent = open.logIn(browser, open.begin(browser), open.anna());
    TestBrowser.Page denied = open.decide(browser, consent, "deny");
    assertThat(denied.heading()).isEqualTo("Your bank is not connected");
    assertThat(denied.url().getQuery()).isNull();
    assertThat(browser.open(open.demo().app()).heading()).startsWith("All your money");
    assertThat(open.kinds()).contains(MessageKind.DENIED).doesNotContain(MessageKind.TOKEN);
  }

  @Test
  void saysThatThePersonCancelledTheLogin() {
    TestBrowser.Page denied =
        browser.submit(
            open.begin(browser),
            "/interaction/login",
            Map.of("username", "", "password", "", "choice", "cancel"));
    assertThat(denied.heading()).isEqualTo("Your bank is not connected");
  }

  @Test
  @Requirement({"BCP-2.1-2"})
  void refusesAnAnswerToNothingThatWasBegun() {
    open.begin(browser);
    open.forget();
    TestBrowser.Page refused =
        browser.open(callback("code=c0de&state=never-begun&iss=" + issuer()));
    assertThat(refused.heading()).isEqualTo("This does not fit what you began");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(open.kinds()).doesNotContain(MessageKind.TOKEN);
  }

  @Test
  @Requirement({"SP-5.3.3.2-5"})
  void refusesAnAnswerOfAnotherIssuer() {
    open.begin(browser);
    TestBrowser.Page refused =
        browser.open(callback("code=c0de&state=some&iss=https%3A%2F%2Fevil.example"));
    assertThat(refused.heading()).isEqualTo("This answer was not accepted");
    assertThat(browser.open(callback("")).heading()).isEqualTo("This answer was not accepted");
  }

  @Test
  void refusesAnAnswerASecondTime() {
    URI answer = open.connect(browser, open.anna()).path().get(1);
    open.forget();
    assertThat(browser.open(answer).heading()).isEqualTo("This does not fit what you began");
    assertThat(open.kinds()).doesNotContain(MessageKind.TOKEN, MessageKind.REPLAYED_CODE);
    assertThat(browser.open(open.demo().app()).heading()).isEqualTo("Your accounts");
  }

  @Test
  @Requirement({"SP-5.3.3.2-4"})
  void refusesTheAnswerThatAnotherBrowserGot() {
    try (TestBrowser victim = open.browser()) {
      TestBrowser.Page consent = open.logIn(browser, open.begin(browser), open.anna());
      URI answer = answer(consent);
      open.begin(victim);
      assertThat(victim.open(answer).heading()).isEqualTo("This does not fit what you began");
      assertThat(victim.open(open.demo().app()).heading()).startsWith("All your money");
      assertThat(browser.open(answer).heading()).isEqualTo("Your accounts");
    }
  }

  @Test
  @Requirement({"SP-5.3.3.1-12"})
  void beginsNothingThatAnotherSiteAskedFor() {
    TestBrowser.Page home = browser.open(open.demo().app());
    URI connect = open.demo().app().resolve("/connect");
    String foreign;
    try (TestBrowser other = open.browser()) {
      foreign = other.open(open.demo().app()).form("/connect").select("input").val();
    }
    for (Form form :
        List.of(
            Form.builder().build(),
            Form.builder().add("token", "0".repeat(64)).build(),
            Form.builder().add("token", foreign).build())) {
      TestBrowser.Page refused = browser.post(connect, form);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.heading()).isEqualTo("This page was out of date");
    }
    assertThat(open.kinds()).doesNotContain(MessageKind.PUSH, MessageKind.PUSH_CHALLENGED);
    assertThat(browser.submit(home, "/connect", Map.of()).url().getAuthority())
        .isEqualTo(open.demo().server().getAuthority());
  }

  @Test
  void givesTheSessionAFreshNameWhenABankIsConnected() {
    TestBrowser.Page login = open.begin(browser);
    String before = browser.cookie(OpenDemo.SESSION).orElseThrow();
    open.decide(browser, open.logIn(browser, login, open.anna()), "allow");
    assertThat(browser.cookie(OpenDemo.SESSION)).isPresent().isNotEqualTo(Optional.of(before));
  }

  @Test
  @Requirement({"RV-1"})
  void disconnectsAtTheBankAndForgets() {
    TestBrowser.Page accounts = open.connect(browser, open.anna());
    String session = browser.cookie(OpenDemo.SESSION).orElseThrow();
    TestBrowser.Page done = browser.submit(accounts, "/disconnect", Map.of());
    assertThat(done.heading()).isEqualTo("Disconnected");
    assertThat(done.text()).doesNotContain("Anna");
    assertThat(open.kinds()).contains(MessageKind.REVOCATION);
    assertThat(browser.cookie(OpenDemo.SESSION)).isNotEqualTo(Optional.of(session));
    assertThat(browser.open(open.demo().app().resolve("/accounts")).heading())
        .startsWith("All your money");
    assertThat(refreshIsRefused()).isTrue();
  }

  private boolean refreshIsRefused() {
    try {
      open.demo().scene().client().refresh(tokens());
      return false;
    } catch (ServerRefused expected) {
      return expected.error().equals(Optional.of("invalid_grant"));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void asksThePersonAgainAfterADisconnection() {
    TestBrowser.Page accounts = open.connect(browser, open.anna());
    browser.submit(accounts, "/disconnect", Map.of());
    TestBrowser.Page consent = open.begin(browser);
    assertThat(consent.html().select("button[value=allow]")).hasSize(1);
    assertThat(open.decide(browser, consent, "allow").heading()).isEqualTo("Your accounts");
  }

  @Test
  void tellsInGermanWhatIsAskedOfAPersonWhoReadsGerman() {
    TestBrowser.Page consent = open.logIn(browser, open.begin(browser), open.anna());
    HttpResponse<String> german =
        browser.send(
            HttpRequest.newBuilder(consent.url()).header("Accept-Language", "de").GET().build());
    assertThat(german.body()).contains("lang=\"de\"", "Ihre Konten und Buchungen sehen");
    assertThat(open.told().getLast().kind()).isEqualTo(MessageKind.CONSENT_PAGE);
    assertThat(open.told().getLast().misses()).isEmpty();
  }

  @Test
  void doesNotDisconnectWhatAnotherSiteAskedFor() {
    open.connect(browser, open.anna());
    TestBrowser.Page refused =
        browser.post(
            open.demo().app().resolve("/disconnect"), Form.builder().add("token", "x").build());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(open.kinds()).doesNotContain(MessageKind.REVOCATION);
    assertThat(browser.open(open.demo().app()).heading()).isEqualTo("Your accounts");
  }

  @Test
  void goesOnAfterTheAccessTokenHasEnded() {
    open.connect(browser, open.anna());
    open.clock().advance(Duration.ofMinutes(6));
    open.forget();
    assertThat(browser.open(open.demo().app().resolve("/accounts")).heading())
        .isEqualTo("Your accounts");
    assertThat(open.kinds()).containsSubsequence(MessageKind.REFRESH, MessageKind.ACCOUNTS);
    assertThat(open.told()).allSatisfy(told -> assertThat(told.misses()).isEmpty());
  }

  @Test
  void saysThatTheConnectionWasEndedElsewhere() throws Exception {
    open.connect(browser, open.anna());
    open.demo().scene().client().revoke(tokens());
    open.clock().advance(Duration.ofMinutes(6));
    TestBrowser.Page ended = browser.open(open.demo().app().resolve("/accounts"));
    assertThat(ended.heading()).isEqualTo("The connection to your bank has ended");
    assertThat(browser.open(open.demo().app()).heading()).startsWith("All your money");
  }

  /** The tokens that the app got last, as somebody who overheard them has them. */
  private Tokens tokens() throws Exception {
    JsonObject answer = JsonObject.parse(open.newest(MessageKind.TOKEN).response().body());
    return new Tokens(
        open.demo().scene().addresses().issuer(),
        new AccessToken(answer.string("access_token").orElseThrow()),
        Optional.empty(),
        answer.string("refresh_token").map(RefreshToken::new),
        Scope.of("accounts"),
        Optional.empty(),
        AuthorizationDetails.NONE,
        Optional.empty(),
        new FapiInteractionId(UUID.randomUUID().toString()));
  }

  @Test
  void showsNoTokenToTheBrowser() throws Exception {
    open.connect(browser, open.anna());
    browser.open(open.demo().app().resolve("/accounts/current"));
    Tokens tokens = tokens();
    for (Told told : open.told()) {
      if (told.exchange().from() == Party.BROWSER) {
        assertThat(new String(told.exchange().response().body(), UTF_8) + headers(told))
            .doesNotContain(tokens.accessToken().reveal())
            .doesNotContain(tokens.refreshToken().orElseThrow().reveal());
      }
    }
  }

  private static String headers(Told told) {
    return told.exchange().response().headers().stream().map(Header::value).toList().toString();
  }

  @Test
  void keepsTheCookiesOfTheTwoSitesApart() {
    open.connect(browser, open.anna());
    for (Told told : open.told()) {
      String cookies = told.exchange().request().headers().first("Cookie").orElse("");
      assertThat(cookies)
          .doesNotContain(told.exchange().to() == Party.SERVER ? "sunny-budget" : "countersign-");
    }
  }

  private URI answer(TestBrowser.Page consent) {
    Form form = consent.fields("/interaction/consent").add("choice", "allow").build();
    return URI.create(
        browser
            .send(
                HttpRequest.newBuilder(consent.url().resolve("/interaction/consent"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form.encode()))
                    .build())
            .headers()
            .firstValue("Location")
            .orElseThrow());
  }

  private String issuer() {
    return URLEncoder.encode(open.demo().server().toString(), UTF_8);
  }

  private URI callback(String query) {
    return URI.create(open.demo().app() + "/callback" + (query.isEmpty() ? "" : "?" + query));
  }
}
