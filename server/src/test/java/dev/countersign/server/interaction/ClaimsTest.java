package dev.countersign.server.interaction;

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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims that are asked for by name. */
@Requirement({"OA-16"})
class ClaimsTest extends BrowserTest {
  private static final String SUB_BEN = "{\"id_token\":{\"sub\":{\"value\":\"u-ben\"}}}";

  private Params claims(String scope, String claims) {
    return request().with("scope", scope).with("claims", claims);
  }

  private Reply tokens(Reply answer) {
    return server.app().token(server.app().codeRequest(Callback.of(answer).get("code")));
  }

  /** Logs in as Anna and allows the request. */
  private Reply allowed(Params request) {
    Browser browser = browser();
    return tokens(browser.press(browser.loggedIn(browser.start(request)), "allow"));
  }

  private JsonObject userinfo(Reply tokens) {
    return server.app().userinfo(tokens.string("access_token")).json();
  }

  private static JsonObject idToken(Reply tokens) {
    return RawJwt.claims(tokens.string("id_token"));
  }

  private static List<String> asks(Shown consent) {
    assertThat(consent.isConsent()).isTrue();
    return consent.document().select("li").eachText();
  }

  @Test
  void standOnTheConsentPageAndComeAtUserinfo() throws MalformedJsonException {
    Params request = claims("openid accounts", "{\"userinfo\":{\"email\":null,\"birthdate\":{}}}");
    Browser browser = browser();
    Shown consent = browser.loggedIn(browser.start(request));
    assertThat(asks(consent))
        .containsExactly(
            "Know that it is you",
            "See your accounts",
            "Know your email address",
            "Know your date of birth");
    Reply tokens = tokens(browser.press(consent, "allow"));
    assertThat(userinfo(tokens).names()).containsExactlyInAnyOrder("sub", "email");
    assertThat(userinfo(tokens).string("email")).contains("anna@example.com");
    assertThat(idToken(tokens).has("email")).isFalse();
  }

  @Test
  void comeInTheIdTokenOnly() throws MalformedJsonException {
    Reply tokens = allowed(claims("openid", "{\"id_token\":{\"name\":{\"essential\":true}}}"));
    assertThat(idToken(tokens).string("name")).contains("Anna Example");
    assertThat(userinfo(tokens).names()).containsExactly("sub");
  }

  @Test
  void comeBesideThoseOfTheScope() {
    Reply tokens = allowed(claims("openid profile", "{\"userinfo\":{\"email\":null}}"));
    assertThat(userinfo(tokens).names()).containsExactlyInAnyOrder("sub", "name", "email");
  }

  @Test
  void areNotAskedForTwiceWhenTheScopeOpensThem() throws MalformedJsonException {
    Browser browser = browser();
    Params request = claims("openid email", "{\"id_token\":{\"email\":null}}");
    Shown consent = browser.loggedIn(browser.start(request));
    assertThat(asks(consent)).containsExactly("Know that it is you", "Know your address");
    Reply tokens = tokens(browser.press(consent, "allow"));
    assertThat(idToken(tokens).string("email")).contains("anna@example.com");
  }

  /** The ways in which OpenID Connect Core section 5.5 lets a client ask, and what is ignored. */
  @Test
  @Requirement({"OA-12"})
  void comeHoweverTheyAreAskedForAndTheRestIsIgnored() throws MalformedJsonException {
    Reply tokens =
        allowed(
            claims(
                "openid",
                """
                {"id_token": {"sub": null, "name": {}, "email": {"essential": true},
                              "nobody_knows": null, "birthdate": null},
                 "userinfo": {"name": {"x1y2": "z3"}, "email": {"essential": false},
                              "nobody_knows": {"values": [1, "a"]}, "birthdate": {}},
                 "k4l5m6": {"n7": null}, "o8": "p9"}\
                """));
    assertThat(idToken(tokens).string("name")).contains("Anna Example");
    assertThat(idToken(tokens).string("email")).contains("anna@example.com");
    assertThat(idToken(tokens).names()).doesNotContain("nobody_knows", "birthdate", "k4l5m6", "o8");
    assertThat(userinfo(tokens).names()).containsExactlyInAnyOrder("sub", "name", "email");
  }

  @Test
  void outliveARefresh() throws MalformedJsonException {
    Reply tokens = allowed(claims("openid accounts", "{\"userinfo\":{\"email\":null}}"));
    Params refresh = server.app().refreshRequest(tokens.string("refresh_token"));
    Reply refreshed = server.app().token(refresh);
    assertThat(userinfo(refreshed).string("email")).contains("anna@example.com");
    Reply narrowed = server.app().token(refresh.with("scope", "openid"));
    assertThat(userinfo(narrowed).string("email")).contains("anna@example.com");
  }

  @Test
  void thatAreAddedAreAskedForOnce() {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "allow");
    Params request = claims("openid accounts", "{\"userinfo\":{\"email\":null}}");
    Shown asked = browser.start(request);
    assertThat(asks(asked)).contains("Know your email address");
    browser.press(asked, "allow");
    assertThat(Callback.of(browser.start(request).reply()).get("code")).isNotEmpty();
    Params another = request.with("claims", "{\"userinfo\":{\"email\":null,\"birthdate\":null}}");
    assertThat(browser.start(another).isConsent()).isTrue();
  }

  @Test
  void thatNoScopeOfTheClientOpensAreLeftOut() throws MalformedJsonException {
    String all =
        "{\"userinfo\":{\"email\":{\"essential\":true},\"shoe_size\":null,\"password\":null},"
            + "\"id_token\":{\"email\":null,\"shoe_size\":null}}";
    Reply tokens = allowed(claims("openid", all));
    assertThat(userinfo(tokens).names()).containsExactlyInAnyOrder("sub", "email");
    assertThat(idToken(tokens).has("shoe_size")).isFalse();

    Browser browser = browser();
    Params ofTheOther = server.other().authorizationRequest().with("claims", all);
    String requestUri = server.other().push(ofTheOther).string("request_uri");
    Shown consent = browser.loggedIn(browser.open(server.other(), requestUri));
    assertThat(asks(consent)).containsExactly("Know that it is you", "See your accounts");
    String code = Callback.of(browser.press(consent, "allow")).get("code");
    Reply theirs = server.other().token(server.other().codeRequest(code));
    assertThat(idToken(theirs).has("email")).isFalse();
    assertThat(server.other().userinfo(theirs.string("access_token")).json().names())
        .containsExactly("sub");
  }

  @Test
  void haveNoEffectWithoutOpenid() {
    Browser browser = browser();
    Params request = claims("accounts", "{\"userinfo\":{\"email\":null}}");
    assertThat(asks(browser.loggedIn(browser.start(request)))).containsExactly("See your accounts");
  }

  @Test
  void neverReplaceWhatATokenSaysOfItself() throws MalformedJsonException {
    Reply tokens =
        allowed(
            claims(
                "openid",
                "{\"id_token\":{\"iss\":{\"value\":\"https://evil.example\"},\"aud\":null,"
                    + "\"exp\":null,\"auth_time\":{\"essential\":true},\"acr\":null}}"));
    assertThat(idToken(tokens).string("iss")).contains(TestServer.ISSUER.value());
    assertThat(idToken(tokens).integer("auth_time")).isPresent();
    assertThat(idToken(tokens).has("acr")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"userinfo\":{\"email\":1}}",
        "{\"id_token\":null}",
        "{\"id_token\":{\"sub\":{\"value\":\"a\"}},\"userinfo\":{\"sub\":{\"value\":\"b\"}}}"
      })
  void thatAreMalformedAreRefusedWhenTheyArePushed(String claims) {
    Reply refused = server.app().push(request().with("claims", claims));
    assertThat(refused.outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("OA-16");
  }

  @Test
  void anEssentialAcrIsRefusedWhereNoLoginHasOne() {
    String gold = "{\"id_token\":{\"acr\":{\"essential\":true,\"value\":\"gold\"}}}";
    Reply refused = server.app().push(request().with("claims", gold));
    assertThat(refused.outcome()).isEqualTo("400 unmet_authentication_requirements");
    Reply voluntary = server.app().push(request().with("claims", gold.replace("true", "false")));
    assertThat(voluntary.status()).isEqualTo(201);
  }

  @Test
  @Requirement({"SU-2"})
  void acrValuesAreRefusedWhereNoLoginHasOne() {
    Reply refused = server.app().push(request().with("acr_values", "gold"));
    assertThat(refused.outcome()).isEqualTo("400 unmet_authentication_requirements");
    assertThat(server.logged("rule")).contains("SU-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {SUB_BEN, "{\"userinfo\":{\"sub\":{\"values\":[\"u-x\",\"u-ben\"]}}}"})
  void aSubOfAnotherPersonThanIsLoggedInNeedsThatPerson(String claims)
      throws MalformedJsonException {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "allow");
    Shown login = browser.start(request().with("claims", claims));
    assertThat(login.isLogin()).isTrue();
    Shown consent = browser.follow(browser.logIn(login, People.BEN, People.BENS_PASSWORD));
    assertThat(consent.isConsent()).isTrue();
    Reply tokens = tokens(browser.press(consent, "allow"));
    assertThat(idToken(tokens).string("sub")).contains(People.BENS_SUBJECT.value());
    assertThat(userinfo(tokens).string("sub")).contains(People.BENS_SUBJECT.value());
  }

  @Test
  @Requirement({"OA-1"})
  void aSubIsNeverAnsweredAboutAnotherPerson() {
    Browser browser = browser();
    Shown login = browser.start(request().with("claims", SUB_BEN));
    Callback callback = Callback.of(browser.loggedIn(login).reply());
    assertThat(callback.get("error")).isEqualTo("login_required");
    assertThat(callback.get("state")).isEqualTo("some-state");
    assertThat(callback.query()).doesNotContainKey("code");
    assertThat(browser.show(login.url()).isError(400)).isTrue();
  }

  @Test
  @Requirement({"OA-14"})
  void aSubThatIsLoggedInNeedsNoLogin() {
    Browser browser = browser();
    browser.press(browser.startLoggedIn(), "allow");
    Params silent = request().with("prompt", "none");
    Shown same = browser.start(silent.with("claims", SUB_BEN.replace("u-ben", "u-anna")));
    assertThat(Callback.of(same.reply()).get("code")).isNotEmpty();
    Shown another = browser.start(silent.with("claims", SUB_BEN));
    assertThat(Callback.of(another.reply()).get("error")).isEqualTo("login_required");
  }

  @Test
  void aPersonWhoLogsInElsewhereMeanwhileIsNotTakenForTheOneAskedFor() {
    Browser browser = browser();
    browser.startLoggedIn();
    Params request = request().with("claims", SUB_BEN.replace("u-ben", "u-anna"));
    Shown consent = browser.start(request);
    assertThat(consent.isConsent()).isTrue();
    Shown other = browser.start(request().with("prompt", "login"));
    browser.logIn(other, People.BEN, People.BENS_PASSWORD);
    assertThat(browser.follow(browser.press(consent, "allow")).isLogin()).isTrue();
  }
}
