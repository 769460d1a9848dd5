package dev.countersign.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.SignedAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A signed response, which this server signed for this client, in the place of other JWTs. */
@Requirement({"J-13"})
class SignedResponseMisusedTest extends BrowserTest {

  private String response() {
    Browser browser = browser();
    Params request = request().with("response_mode", "jwt");
    Reply allowed = browser.press(browser.loggedIn(browser.start(request)), "allow");
    return SignedAnswer.of(allowed, ResponseMode.JWT, server.app().redirectUri()).jwt();
  }

  @Test
  void isNoIdTokenHint() {
    assertThat(server.app().push(request().with("id_token_hint", response())).outcome())
        .isEqualTo("400 invalid_request");
    assertThat(server.logged("rule")).contains("OA-18");
  }

  @Test
  void isNoClientAssertion() {
    Params authenticated = server.app().authenticatedBy(response());
    assertThat(server.app().post("/par", request().and(authenticated), List.of()).outcome())
        .isEqualTo("401 invalid_client");
  }

  @Test
  void isNoRequestObject() {
    Params request = Params.of("client_id", "app", "request", response());
    assertThat(server.app().push(request).status()).isEqualTo(400);
  }

  @Test
  void isNoProof() {
    Params code = server.app().codeRequest(server.app().code());
    assertThat(server.app().token(code, response()).outcome()).isEqualTo("400 invalid_dpop_proof");
  }

  @Test
  void isNoCodeAndNoRefreshToken() {
    String response = response();
    for (Params request :
        List.of(server.app().codeRequest(response), server.app().refreshRequest(response))) {
      assertThat(server.app().token(request).outcome()).isEqualTo("400 invalid_grant");
    }
  }

  @Test
  void isNoAccessToken() throws MalformedJsonException {
    String response = response();
    Reply userinfo = server.app().userinfo(response);
    assertThat(userinfo.status()).isEqualTo(401);
    assertThat(userinfo.challenge().attribute("error")).contains("invalid_token");
    assertThat(server.api().introspect(response).json().bool("active")).contains(false);
  }
}
