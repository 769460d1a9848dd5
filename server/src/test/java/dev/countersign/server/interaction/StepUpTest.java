package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.http.Challenge;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.RawJwt;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * From the challenge of a resource to a login that meets it (RFC 9470). The challenge stands here
 * as a resource writes it; a client does nothing but send its parameters on.
 */
class StepUpTest extends BrowserTest {
  private static final String ACR = "urn:example:password";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml).replace("login: {", "login: {acr: '" + ACR + "', ");
  }

  /** The request a client makes of a challenge. */
  private Params steppedUp(String challenge) {
    Challenge read = Challenge.parse(List.of(challenge)).getFirst();
    Params request = request();
    for (String name : List.of("acr_values", "max_age")) {
      if (read.attribute(name).isPresent()) {
        request = request.with(name, read.attribute(name).get());
      }
    }
    return request;
  }

  private static String challenge(String wanted) {
    return "DPoP error=\"insufficient_user_authentication\","
        + " error_description=\"A more recent login is needed\", "
        + wanted;
  }

  private JsonObject accessToken(Reply redirect) {
    String code = Callback.of(redirect).get("code");
    Reply tokens = server.app().token(server.app().codeRequest(code));
    return RawJwt.claims(tokens.string("access_token"));
  }

  @Test
  @Requirement({"SU-2", "SU-3", "OA-15", "AT-3"})
  void anOldLoginIsMadeAnewInSpiteOfItsSession() throws MalformedJsonException {
    Browser browser = browser();
    Instant first = server.now();
    JsonObject before = accessToken(browser.press(browser.startLoggedIn(), "allow"));
    assertThat(before.integer("auth_time")).contains(first.getEpochSecond());

    server.pass(Duration.ofSeconds(301));
    assertThat(Callback.of(browser.start(request()).reply()).get("code")).isNotEmpty();
    Shown login =
        browser.start(steppedUp(challenge("max_age=\"300\", acr_values=\"" + ACR + "\"")));
    assertThat(login.isLogin()).isTrue();
    Instant second = server.now();
    JsonObject after = accessToken(browser.loggedIn(login).reply());
    assertThat(after.integer("auth_time")).contains(second.getEpochSecond());
    assertThat(after.string("acr")).contains(ACR);
  }

  @Test
  @Requirement({"SU-2", "SU-3"})
  void aLoginThatMeetsTheChallengeIsNotMadeAnew() throws MalformedJsonException {
    Browser browser = browser();
    Instant first = server.now();
    browser.press(browser.startLoggedIn(), "allow");
    server.pass(Duration.ofMinutes(5));
    Shown answered =
        browser.start(steppedUp(challenge("acr_values=\"gold " + ACR + "\", max_age=300")));
    JsonObject token = accessToken(answered.reply());
    assertThat(token.integer("auth_time")).contains(first.getEpochSecond());
    assertThat(token.string("acr")).contains(ACR);
  }

  @Test
  @Requirement({"SU-2"})
  void aChallengeThatNoLoginMeetsIsRefusedAtOnceAndNotAnsweredInALoop() {
    Reply refused = server.app().push(steppedUp(challenge("acr_values=\"gold silver\"")));
    assertThat(refused.outcome()).isEqualTo("400 unmet_authentication_requirements");
    assertThat(server.logged("rule")).contains("SU-2");
  }

  @Test
  @Requirement({"SU-3"})
  void staysTheSameThroughARefresh() throws MalformedJsonException {
    Browser browser = browser();
    Instant login = server.now();
    String code = Callback.of(browser.press(browser.startLoggedIn(), "allow")).get("code");
    Reply tokens = server.app().token(server.app().codeRequest(code));
    server.pass(Duration.ofMinutes(10));
    Reply refreshed =
        server.app().token(server.app().refreshRequest(tokens.string("refresh_token")));
    JsonObject token = RawJwt.claims(refreshed.string("access_token"));
    assertThat(token.integer("auth_time")).contains(login.getEpochSecond());
    assertThat(token.string("acr")).contains(ACR);
  }

  @Test
  @Requirement({"SU-3"})
  void whatIsSupportedIsPublished() throws MalformedJsonException {
    JsonObject metadata = server.get(server.url("/.well-known/openid-configuration")).json();
    assertThat(metadata.strings("acr_values_supported")).contains(List.of(ACR));
  }
}
