package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.SignedAnswer;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a client may be answered can change while a person reads what it asks for. */
@Requirement({"PAR-13", "OA-2"})
class ChangedResponseModeTest {
  private static final String REDIRECT_URI = "https://app.example.com/callback";

  @TempDir Path folder;

  /** What the person does at the server that was started again. */
  private interface GoesOn {
    void at(TestServer after, Browser browser, Shown consent);
  }

  private static String app(String keys) {
    return "name: The App\n    " + keys + "\n";
  }

  /** Shows the consent page for a mode, and starts the server again with another configuration. */
  private void restarted(String mode, String old, String by, GoesOn person) {
    Browser browser;
    Shown consent;
    try (TestServer before = new TestServer(folder, People::in)) {
      browser = new Browser(before);
      Params request = before.app().authorizationRequest().and("response_mode", mode);
      consent = browser.loggedIn(browser.start(request));
    }
    try (TestServer after = new TestServer(folder, yaml -> People.in(yaml).replace(old, by))) {
      person.at(after, browser.at(after), consent);
    }
  }

  private static void isToldSigned(
      ResponseMode mode, TestServer server, Browser browser, Shown consent) {
    assertThat(browser.press(consent, "allow").header("Location"))
        .contains(consent.url().toString());
    SignedAnswer answer = SignedAnswer.of(browser.get(consent.url()), mode, REDIRECT_URI);
    AuthorizationResponse response = answer.verified(server, server.app());
    assertThat(response)
        .isInstanceOfSatisfying(
            AuthorizationResponse.Failure.class,
            failure -> assertThat(failure.error()).isEqualTo("invalid_request"));
  }

  @Test
  @Requirement({"MS-5.3.3-1"})
  void aModeThatTheClientLostBringsAnErrorAndNoCode() {
    restarted(
        "fragment.jwt",
        "name: The App\n",
        app("response_modes: [jwt]"),
        (server, browser, consent) ->
            isToldSigned(ResponseMode.FRAGMENT_JWT, server, browser, consent));
  }

  @Test
  @Requirement({"MS-5.4.1-1", "A1-13"})
  void aClientThatMustNowBeAnsweredSignedIsNotAnsweredWithout() {
    restarted(
        "query",
        "name: The App\n",
        app("profile: fapi2-message-signing\n    message_signing: [responses]"),
        (server, browser, consent) -> isToldSigned(ResponseMode.JWT, server, browser, consent));
  }

  @Test
  @Requirement({"SP-5.3.2.1-7"})
  void aRedirectUriThatIsNoLongerRegisteredGetsNoForm() {
    restarted(
        "form_post.jwt",
        "https://app.example.com/callback",
        "https://app.example.com/elsewhere",
        (_, browser, consent) -> {
          assertThat(browser.show(consent.url()).isError(400)).isTrue();
          for (String choice : new String[] {"allow", "deny"}) {
            Shown decided = new Shown(consent.action(), browser.press(consent, choice));
            assertThat(decided.isError(400)).isTrue();
          }
        });
  }
}
