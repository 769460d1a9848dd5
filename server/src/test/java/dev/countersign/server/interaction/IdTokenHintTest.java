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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client that says by an ID token of before whom it means. */
@Requirement({"OA-18"})
class IdTokenHintTest extends BrowserTest {

  /** The tokens of a redirect with a code. */
  private Reply tokens(Reply redirect) {
    return server.app().token(server.app().codeRequest(Callback.of(redirect).get("code")));
  }

  /** An ID token about Anna, who is logged in with the browser. */
  private String annas(Browser browser) {
    return tokens(browser.press(browser.startLoggedIn(), "allow")).string("id_token");
  }

  private Params hinting(String idToken) {
    return request().with("id_token_hint", idToken);
  }

  private static String sub(Reply tokens) {
    try {
      return RawJwt.claims(tokens.string("id_token")).string("sub").orElseThrow();
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isAnsweredAboutThePersonWhoIsLoggedIn() {
    Browser browser = browser();
    Shown answered = browser.start(hinting(annas(browser)).with("prompt", "none"));
    assertThat(sub(tokens(answered.reply()))).isEqualTo(TestServer.ANNA.value());
  }

  @Test
  void isTakenLongAfterItExpired() {
    Browser browser = browser();
    String idToken = annas(browser);
    server.pass(Duration.ofDays(30));
    Shown login = browser.start(hinting(idToken));
    assertThat(login.isLogin()).isTrue();
    assertThat(sub(tokens(browser.loggedIn(login).reply()))).isEqualTo(TestServer.ANNA.value());
  }

  @Test
  void asksForTheLoginOfThatPersonWhenAnotherIsLoggedIn() {
    String idToken = annas(browser());
    Browser bens = browser();
    Shown consent = bens.follow(bens.logIn(bens.start(), People.BEN, People.BENS_PASSWORD));
    bens.press(consent, "allow");
    Shown silent = bens.start(hinting(idToken).with("prompt", "none"));
    assertThat(Callback.of(silent.reply()).get("error")).isEqualTo("login_required");
    Shown login = bens.start(hinting(idToken));
    assertThat(login.isLogin()).isTrue();
    assertThat(sub(tokens(bens.loggedIn(login).reply()))).isEqualTo(TestServer.ANNA.value());
  }

  @Test
  @Requirement({"OA-1"})
  void isNeverAnsweredAboutAnotherPersonWhoLogsIn() {
    String idToken = annas(browser());
    Browser browser = browser();
    Shown login = browser.start(hinting(idToken));
    Reply answer = browser.follow(browser.logIn(login, People.BEN, People.BENS_PASSWORD)).reply();
    Callback callback = Callback.of(answer);
    assertThat(callback.get("error")).isEqualTo("login_required");
    assertThat(callback.query()).doesNotContainKey("code");
  }

  @Test
  void isRefusedWhenItIsPushedUnlessThisServerSignedItForThisClient() {
    Browser browser = browser();
    Reply tokens = tokens(browser.press(browser.startLoggedIn(), "allow"));
    String idToken = tokens.string("id_token");
    Map<String, String> cases = new LinkedHashMap<>();
    cases.put("a broken signature", RawJwt.withBrokenSignature(idToken));
    cases.put(
        "unsigned", RawJwt.unsigned(RawJwt.json(Map.of("alg", "none")), RawJwt.claims(idToken)));
    cases.put(
        "signed by the client",
        server
            .jose()
            .sign(RawJwt.json(Map.of("typ", "JWT")), RawJwt.claims(idToken), server.app().key()));
    cases.put("of another client", server.other().tokens().string("id_token"));
    cases.put("an access token", tokens.string("access_token"));
    cases.put("no JWT", "anna");
    cases.forEach(
        (name, hint) -> {
          Reply refused = server.app().push(hinting(hint));
          assertThat(refused.outcome()).as(name).isEqualTo("400 invalid_request");
          assertThat(server.logged("rule")).as(name).contains("OA-18");
          assertThat(server.logged("detail").orElseThrow()).startsWith("id_token_hint: ");
        });
    assertThat(server.app().push(hinting(idToken)).status()).isEqualTo(201);
  }

  @Test
  void goesWithAClaimsParameterThatMeansTheSamePerson() {
    String idToken = annas(browser());
    String anna = "{\"userinfo\":{\"sub\":{\"value\":\"u-anna\"}},\"id_token\":{\"email\":null}}";
    assertThat(server.app().push(hinting(idToken).with("claims", anna)).status()).isEqualTo(201);
    Reply refused =
        server.app().push(hinting(idToken).with("claims", anna.replace("u-anna", "u-ben")));
    assertThat(refused.outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("OA-18");
  }
}
