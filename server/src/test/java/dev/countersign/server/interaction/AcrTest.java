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
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How strong a login is. */
@Requirement({"OA-16"})
class AcrTest extends BrowserTest {
  private static final String ACR = "urn:example:password";
  private static final String DEMAND =
      "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"gold\",\"" + ACR + "\"]}}}";

  private static String stated(String yaml) {
    return yaml.replace("login: {", "login: {acr: '" + ACR + "', ");
  }

  @Override
  protected String configuration(String yaml) {
    return stated(super.configuration(yaml));
  }

  private JsonObject idToken(Params request) {
    Browser browser = browser();
    Shown consent = browser.loggedIn(browser.start(request.with("prompt", "consent")));
    String code = Callback.of(browser.press(consent, "allow")).get("code");
    return RawJwt.claims(server.app().token(server.app().codeRequest(code)).string("id_token"));
  }

  @Test
  void isStatedAndPublished() throws MalformedJsonException {
    assertThat(idToken(request()).string("acr")).contains(ACR);
    JsonObject metadata = server.get(server.url("/.well-known/openid-configuration")).json();
    assertThat(metadata.strings("acr_values_supported")).contains(List.of(ACR));
    assertThat(metadata.strings("claims_supported").orElseThrow()).contains("acr");
  }

  @Test
  @Requirement({"SU-2"})
  void oneOfTheValuesIsNeededAndTheOneThereIsIsEnough() throws MalformedJsonException {
    assertThat(idToken(request().with("acr_values", "gold " + ACR)).string("acr")).contains(ACR);
    Reply refused = server.app().push(request().with("acr_values", "gold silver"));
    assertThat(refused.outcome()).isEqualTo("400 unmet_authentication_requirements");
    assertThat(server.logged("rule")).contains("SU-2");
    assertThat(server.logged("detail"))
        .contains("acr_values is gold silver, expected urn:example:password");
  }

  @Test
  @Requirement({"OA-16"})
  void anotherThatTheClaimsOnlyWishForIsNoError() throws MalformedJsonException {
    String wish = "{\"id_token\":{\"acr\":{\"value\":\"gold\"}}}";
    assertThat(idToken(request().with("claims", wish)).string("acr")).contains(ACR);
  }

  @Test
  void thatIsDemandedIsMetByTheOneThereIs() throws MalformedJsonException {
    assertThat(idToken(request().with("claims", DEMAND)).string("acr")).contains(ACR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id_token", "userinfo"})
  @Requirement({"OA-1"})
  void anotherThatIsDemandedIsRefusedWhenItIsPushed(String place) {
    String demand =
        "{\"" + place + "\":{\"acr\":{\"essential\":true,\"value\":\"" + ACR + ":more\"}}}";
    Reply refused = server.app().push(request().with("claims", demand));
    assertThat(refused.outcome()).isEqualTo("400 unmet_authentication_requirements");
    assertThat(server.logged("rule")).contains("OA-16");
  }

  @Test
  void aSessionOfBeforeItWasStatedDoesNotMeetIt(@TempDir Path folder) {
    Browser browser;
    try (TestServer before = new TestServer(folder, People::in)) {
      browser = new Browser(before);
      browser.press(browser.startLoggedIn(), "allow");
    }
    try (TestServer after = new TestServer(folder, yaml -> stated(People.in(yaml)))) {
      Browser again = browser.at(after);
      Params demand = after.app().authorizationRequest().with("claims", DEMAND);
      Shown silent = again.start(demand.with("prompt", "none"));
      assertThat(Callback.of(silent.reply()).get("error")).isEqualTo("login_required");
      Shown login = again.start(demand);
      assertThat(login.isLogin()).isTrue();
      assertThat(Callback.of(again.loggedIn(login).reply()).get("code")).isNotEmpty();
    }
  }
}
