package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.SignedRequests;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What becomes of a signed request in the browser, of a client that must sign. */
@Requirement({"MS-5.3.1-1"})
class SignedJourneyTest extends BrowserTest {

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace(
            "name: The App\n",
            "name: The App\n    profile: fapi2-message-signing\n    message_signing: [requests]\n");
  }

  private SignedRequests signed() {
    return new SignedRequests(server, server.app());
  }

  private String requestUri(String object) {
    Reply reply = signed().push(object);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.string("request_uri");
  }

  private Shown open(Browser browser, String object) {
    return browser.open(server.app(), requestUri(object));
  }

  private Reply tokens(Reply redirect) {
    return server.app().token(server.app().codeRequest(Callback.of(redirect).get("code")));
  }

  private static String sub(Reply tokens) throws MalformedJsonException {
    return RawJwt.claims(tokens.string("id_token")).string("sub").orElseThrow();
  }

  @Test
  @Requirement({"JAR-5", "MS-NR1"})
  void answersWhatWasSigned() throws Exception {
    Browser browser = browser();
    Shown consent =
        browser.loggedIn(open(browser, signed().object(c -> c.put("state", "signed-state"))));
    Reply redirect = browser.press(consent, "allow");
    assertThat(Callback.of(redirect).get("state")).isEqualTo("signed-state");
    Reply tokens = tokens(redirect);
    assertThat(sub(tokens)).isEqualTo(TestServer.ANNA.value());
    assertThat(RawJwt.claims(tokens.string("id_token")).string("nonce")).contains("some-nonce");
  }

  @Test
  @Requirement({"OA-18", "JAR-5"})
  void isAboutThePersonOfAHintInTheObject() throws Exception {
    Browser browser = browser();
    Reply first = browser.press(browser.loggedIn(open(browser, signed().object())), "allow");
    String idToken = tokens(first).string("id_token");
    String hinting =
        signed()
            .object(
                claims -> {
                  claims.put("id_token_hint", idToken);
                  claims.put("prompt", "none");
                });
    assertThat(sub(tokens(open(browser, hinting).reply()))).isEqualTo(TestServer.ANNA.value());
    assertThat(Callback.of(open(browser(), hinting).reply()).get("error"))
        .isEqualTo("login_required");

    String broken = RawJwt.withBrokenSignature(idToken);
    Reply refused = signed().push(signed().object(c -> c.put("id_token_hint", broken)));
    assertThat(refused.outcome()).isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("OA-18");
    Params beside = signed().carrying(signed().object()).and("id_token_hint", broken);
    assertThat(server.app().push(beside).status()).isEqualTo(201);
  }

  @Test
  @Requirement({"SP-5.3.2.2-3", "MS-NR2"})
  void takesNoObjectInTheBrowser() {
    Params front = signed().carrying(signed().object());
    assertThat(browser().show(authorize(front)).isError(400)).isTrue();

    String uri = requestUri(signed().object(claims -> claims.put("state", "pushed")));
    Browser browser = browser();
    Params both =
        signed().carrying(signed().object(c -> c.put("state", "front"))).and("request_uri", uri);
    Shown login = browser.follow(browser.get(authorize(both)));
    Reply redirect = browser.press(browser.loggedIn(login), "allow");
    assertThat(Callback.of(redirect).get("state")).isEqualTo("pushed");
  }

  private URI authorize(Params front) {
    return URI.create(server.url("/authorize") + "?" + front.encode());
  }
}
