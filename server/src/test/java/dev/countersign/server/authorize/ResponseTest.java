package dev.countersign.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes back to the client, and where. */
class ResponseTest extends BrowserTest {
  private static final String WITH_QUERY = "https://app.example.com/callback?app=a%20b&x=%2B&y";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace(
            "'http://127.0.0.1/callback'",
            "'http://127.0.0.1/callback', 'http://[::1]/callback', '" + WITH_QUERY + "'");
  }

  private Callback answer(Params request, String choice) {
    Browser browser = browser();
    Params asking = request.with("prompt", "consent");
    return Callback.of(browser.press(browser.loggedIn(browser.start(asking)), choice));
  }

  @Test
  @Requirement({"SP-5.3.2.2-7", "OA-8", "SP-5.3.2.2-11", "A1-23", "SP-5.4.1-4"})
  void sendsTheCodeWithStateAndIssuerToTheRedirectUri() {
    Callback callback = answer(request(), "allow");
    assertThat(callback.target()).isEqualTo("https://app.example.com/callback");
    assertThat(callback.query().keySet()).containsExactly("code", "state", "iss");
    assertThat(callback.get("code")).matches("[\\w-]{43}");
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(callback.get("iss")).isEqualTo(TestServer.ISSUER.value());
  }

  @Test
  @Requirement({"SP-5.3.2.2-7", "OA-1", "OA-2", "OA-8", "A1-23"})
  void sendsARefusalOfThePersonWithStateAndIssuer() {
    Callback callback = answer(request(), "deny");
    assertThat(callback.target()).isEqualTo("https://app.example.com/callback");
    assertThat(callback.query().keySet())
        .containsExactly("error", "error_description", "state", "iss");
    assertThat(callback.get("error")).isEqualTo("access_denied");
    assertThat(callback.get("error_description")).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(callback.get("iss")).isEqualTo(TestServer.ISSUER.value());
  }

  @Test
  @Requirement({"SP-5.3.2.2-7", "OA-1", "OA-2", "OA-8"})
  void sendsAccessDeniedWhenThePersonDoesNotWantToLogIn() {
    Browser browser = browser();
    Callback callback = Callback.of(browser.press(browser.start(), "cancel"));
    assertThat(callback.get("error")).isEqualTo("access_denied");
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(callback.get("iss")).isEqualTo(TestServer.ISSUER.value());
    assertThat(callback.query()).doesNotContainKey("code");
    assertThat(browser.cookies()).containsExactly(Browser.KEY);
  }

  @Test
  @Requirement({"SP-5.3.2.2-N4", "IA-2.7-3"})
  void bringsBackAStateOf1000CharactersUnchanged() {
    String state = "a b+c%20&=<>\"'?#/\\~".repeat(100).substring(0, 1000);
    Params request = request().with("state", state);
    assertThat(answer(request, "allow").get("state")).isEqualTo(state);
    assertThat(answer(request, "deny").get("state")).isEqualTo(state);
  }

  @Test
  @Requirement({"SP-5.3.2.2-N4", "IA-2.7-3"})
  void bringsBackTheLongestStateThereIs() {
    Params request = request().with("state", "%".repeat(8192)).with("redirect_uri", WITH_QUERY);
    assertThat(answer(request, "allow").get("state")).isEqualTo("%".repeat(8192));
    assertThat(server.app().push(request.with("state", "%".repeat(8193))).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.2.2-N4"})
  void sendsNoStateIfThereWasNone() {
    assertThat(answer(request().without("state"), "allow").query().keySet())
        .containsExactly("code", "iss");
    assertThat(answer(request().without("state"), "deny").query()).doesNotContainKey("state");
  }

  @Test
  @Requirement({"SP-5.3.2.2-14", "OA-10"})
  void sendsNoNonceIfThereWasNone() throws MalformedJsonException {
    assertThat(idToken(request().without("nonce")).has("nonce")).isFalse();
    String longest = "n".repeat(63) + "~";
    assertThat(idToken(request().with("nonce", longest)).string("nonce")).contains(longest);
    Reply refused = server.app().push(request().with("nonce", longest + "n"));
    assertThat(refused.outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("SP-5.3.2.2-14");
  }

  @Test
  @Requirement({"SP-5.3.2.2-14", "IA-2.7-2", "IA-2.7-3"})
  void bringsBackANonceOfUnusualCharacters() throws MalformedJsonException {
    String nonce = "a b+c%20&=<>\"'?#/\\~ \u00e9\u20ac\ud83d\ude00";
    assertThat(idToken(request().with("nonce", nonce)).string("nonce")).contains(nonce);
  }

  private JsonObject idToken(Params request) {
    String code = answer(request, "allow").get("code");
    return RawJwt.claims(server.app().token(server.app().codeRequest(code)).string("id_token"));
  }

  @Test
  @Requirement({"OA-4"})
  void doesNotCareInWhichOrderTheScopeIs() {
    Browser browser = browser();
    Params request = request().with("scope", "accounts openid profile");
    Shown consent = browser.loggedIn(browser.start(request));
    Reply allowed = browser.press(consent, "allow");
    String code = Callback.of(allowed).get("code");
    Reply tokens = server.app().token(server.app().codeRequest(code));
    assertThat(tokens.string("scope").split(" "))
        .containsExactlyInAnyOrder("openid", "profile", "accounts");
    assertThat(tokens.json().has("id_token")).isTrue();
    // Nor is anybody asked again because of it.
    Shown again = browser.start(request().with("scope", "profile accounts openid"));
    assertThat(Callback.of(again.reply()).get("code")).isNotEmpty();
  }

  @Test
  @Requirement({"BCP-2.1-1"})
  void keepsTheRedirectUrisOwnQueryAsItIs() {
    Params request = request().with("redirect_uri", WITH_QUERY);
    assertThat(answer(request, "allow").url().toString()).startsWith(WITH_QUERY + "&code=");
    assertThat(answer(request, "deny").url().toString()).startsWith(WITH_QUERY + "&error=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:53211/callback", "http://[::1]:53212/callback"})
  @Requirement({"SP-5.3.2.2-8", "BCP-2.1-1"})
  void sendsANativeAppsAnswerToThePortItAskedFor(String redirectUri) {
    Callback callback = answer(request().with("redirect_uri", redirectUri), "allow");
    assertThat(callback.target()).isEqualTo(redirectUri);
    assertThat(server.app().push(request().with("redirect_uri", redirectUri + "x")).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(
            server
                .app()
                .push(request().with("redirect_uri", "http://app.example.com/callback"))
                .outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  @Requirement({"SP-5.3.2.2-10", "SP-5.3.2.2-11", "BCP-4.12", "ATT-18", "A1-38"})
  void redirectsEveryFormBy303AndNeverByAStatusThatKeepsTheBody() {
    Browser browser = browser();
    Reply opened = browser.authorize(server.app(), pushed());
    Shown login = browser.follow(opened);
    Reply loggedIn = browser.logIn(login, People.ANNA, People.ANNAS_PASSWORD);
    Shown consent = browser.follow(loggedIn);
    Reply wrongForm = browser.post(consent.action(), consent.pressed("allow").without("token"));
    Reply allowed = browser.press(consent, "allow");
    Browser other = browser();
    Reply cancelled = other.press(other.start(), "cancel");
    assertThat(List.of(opened, loggedIn, wrongForm, allowed, cancelled))
        .extracting(Reply::status)
        .containsOnly(303);
  }

  @Test
  @Requirement({"ATT-14", "SP-5.3.2.2-N4"})
  void aStateThatStandsOnlyInTheAddressIsNotUsed() {
    Browser browser = browser();
    URI url = browser.authorizationUrl(server.app(), pushed(request().without("state")));
    Shown login = browser.follow(browser.get(URI.create(url + "&state=only-here")));
    Callback callback = Callback.of(browser.press(browser.loggedIn(login), "allow"));
    assertThat(callback.query().keySet()).containsExactly("code", "iss");
  }

  @Test
  @Requirement({"ATT-14", "ATT-67", "A1-03", "SP-5.3.2.1-7"})
  void whatStandsNextToTheRequestUriNeverWins() throws MalformedJsonException {
    Browser browser = browser();
    Params extra =
        Params.of(
            "redirect_uri",
            "https://evil.example.com/",
            "scope",
            "openid payments",
            "state",
            "other-state",
            "response_type",
            "token",
            "response_mode",
            "fragment",
            "code_challenge",
            "x".repeat(43),
            "code_challenge_method",
            "plain",
            "prompt",
            "none",
            "max_age",
            "0",
            "nonce",
            "other-nonce",
            "claims",
            "{\"id_token\":{\"acr\":null}}");
    URI url = browser.authorizationUrl(server.app(), pushed());
    Shown login = browser.follow(browser.get(URI.create(url + "&" + extra.encode())));
    assertThat(login.isLogin()).isTrue();
    Shown consent = browser.loggedIn(login);
    assertThat(consent.document().text()).doesNotContain("Pay from your accounts");
    // Nor what stands next to the fields of a form.
    Params form = consent.pressed("allow");
    for (Map.Entry<String, String> pair : extra.pairs()) {
      form = form.and(pair.getKey(), pair.getValue());
    }
    Callback callback = Callback.of(browser.post(consent.action(), form));
    assertThat(callback.target()).isEqualTo("https://app.example.com/callback");
    assertThat(callback.get("state")).isEqualTo("some-state");
    Reply tokens = server.app().token(server.app().codeRequest(callback.get("code")));
    assertThat(tokens.string("scope")).isEqualTo("openid profile accounts");
    assertThat(RawJwt.claims(tokens.string("id_token")).string("nonce")).contains("some-nonce");
  }
}
