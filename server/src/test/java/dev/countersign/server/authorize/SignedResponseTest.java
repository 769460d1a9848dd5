package dev.countersign.server.authorize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.authorization.AuthorizationResponse;
import dev.countersign.protocol.authorization.ResponseMode;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.State;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.BrowserTest;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.SignedAnswer;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes back to the client signed, whichever way it wants it. */
class SignedResponseTest extends BrowserTest {
  private static final String PLAIN = "https://app.example.com/callback";
  private static final String WITH_QUERY = "https://app.example.com/callback?app=a%20b&x=%2B&y";
  private static final String OF_ANOTHER_PERSON =
      "{\"id_token\":{\"sub\":{\"value\":\"u-somebody\"}}}";
  private static final String LOOPBACK = "http://127.0.0.1:53211/callback";

  @Override
  protected String configuration(String yaml) {
    return super.configuration(yaml)
        .replace("'http://127.0.0.1/callback'", "'http://127.0.0.1/callback', '" + WITH_QUERY + "'")
        .replace(
            "name: The Other App\n",
            """
            name: The Other App
                profile: fapi2-message-signing
                message_signing: [responses]
                authorization_signed_response_alg: PS256
            """);
  }

  /** All that can become of a request, and what the client learns of it. */
  enum Ending {
    ALLOWED(""),
    ALLOWED_BEFORE(""),
    DENIED("access_denied"),
    CANCELLED("access_denied"),
    NOBODY_LOGGED_IN("login_required"),
    NOTHING_ALLOWED("consent_required"),
    ANOTHER_PERSON("login_required");

    private final String error;

    Ending(String error) {
      this.error = error;
    }
  }

  static Stream<Arguments> modesAndEndings() {
    return Stream.of(ResponseMode.values())
        .filter(ResponseMode::isSigned)
        .flatMap(mode -> Stream.of(Ending.values()).map(ending -> Arguments.of(mode, ending)));
  }

  private Reply ended(Params request, Ending ending) {
    Browser browser = browser();
    return switch (ending) {
      case ALLOWED -> browser.press(browser.loggedIn(browser.start(request)), "allow");
      case ALLOWED_BEFORE -> {
        browser.press(browser.loggedIn(browser.start(request)), "allow");
        yield browser.start(request).reply();
      }
      case DENIED -> browser.press(browser.loggedIn(browser.start(request)), "deny");
      case CANCELLED -> browser.press(browser.start(request), "cancel");
      case NOBODY_LOGGED_IN -> browser.start(request.with("prompt", "none")).reply();
      case NOTHING_ALLOWED -> {
        browser.startLoggedIn();
        yield browser.start(request.with("prompt", "none")).reply();
      }
      case ANOTHER_PERSON ->
          browser.loggedIn(browser.start(request.with("claims", OF_ANOTHER_PERSON))).reply();
    };
  }

  private static Params in(ResponseMode mode, Params request) {
    return request.with("response_mode", mode.value());
  }

  /** The same whatever the mode and the redirect URI: one JWT, and all of the answer in it. */
  @ParameterizedTest
  @MethodSource("modesAndEndings")
  @Requirement({
    "JARM-1",
    "JARM-2",
    "JARM-3",
    "JARM-4",
    "JARM-5",
    "JARM-9",
    "MS-5.4.1-1",
    "MS-5.4.1-N",
    "SP-5.3.2.2-7",
    "OA-1",
    "OA-2",
    "A1-23",
    "S-06"
  })
  void bringsEachAnswerSignedAndNothingBesideIt(ResponseMode mode, Ending ending)
      throws MalformedJsonException {
    for (String redirectUri : List.of(PLAIN, WITH_QUERY, LOOPBACK)) {
      server.pass(server.config().lifetimes().consent());
      Params request = in(mode, request().with("redirect_uri", redirectUri));

      SignedAnswer answer = SignedAnswer.of(ended(request, ending), mode, redirectUri);

      assertThat(answer.target()).isEqualTo(redirectUri);
      assertThat(answer.header().names()).containsExactlyInAnyOrder("alg", "kid");
      assertThat(answer.claims().names())
          .containsExactlyInAnyOrderElementsOf(
              ending.error.isEmpty()
                  ? List.of("iss", "aud", "exp", "state", "code")
                  : List.of("iss", "aud", "exp", "state", "error", "error_description"));
      assertThat(answer.claims().integer("exp").orElseThrow() - server.now().getEpochSecond())
          .isBetween(1L, 600L);
      AuthorizationResponse response = answer.verified(server, server.app());
      assertThat(response.iss()).isEqualTo(TestServer.ISSUER);
      assertThat(response.state()).contains(new State("some-state"));
      if (response instanceof AuthorizationResponse.Failure failure) {
        assertThat(failure.error()).isEqualTo(ending.error);
      } else {
        Params redeemed = server.app().codeRequest(answer.code(server, server.app()).reveal());
        assertThat(server.app().token(redeemed.with("redirect_uri", redirectUri)).status())
            .isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ResponseMode.class,
      names = {"QUERY"},
      mode = EnumSource.Mode.EXCLUDE)
  @Requirement({"SP-5.3.2.2-N4", "JARM-1"})
  void bringsBackTheLongestStateAndNoneIfThereWasNone(ResponseMode mode) {
    for (String letter : List.of("%", "\"")) {
      String state = letter.repeat(8192);
      Reply reply = ended(in(mode, request().with("state", state)), Ending.DENIED);
      assertThat(SignedAnswer.of(reply, mode, PLAIN).verified(server, server.app()).state())
          .contains(new State(state));
    }
    Reply without = ended(in(mode, request().without("state")), Ending.DENIED);
    SignedAnswer answer = SignedAnswer.of(without, mode, PLAIN);
    assertThat(answer.claims().has("state")).isFalse();
    assertThat(answer.verified(server, server.app()).state()).isEmpty();
  }

  @Test
  @Requirement({"MS-5.4.1-1", "JARM-7"})
  void signsByTheAlgorithmOfTheClientOrElseOfTheServer() throws MalformedJsonException {
    SignedAnswer ofServer = denied(server.app());
    SignedAnswer ofClient = denied(server.other());

    assertThat(ofServer.header().string("alg"))
        .contains(server.config().signingAlgorithm().joseName());
    assertThat(ofClient.header().string("alg")).contains("PS256");
    assertThat(ofServer.verified(server, server.app()).iss()).isEqualTo(TestServer.ISSUER);
    assertThat(ofClient.verified(server, server.other()).iss()).isEqualTo(TestServer.ISSUER);
    assertThat(ofClient.claims().string("aud")).contains("other-app");
  }

  private SignedAnswer denied(TestClient client) {
    Browser browser = browser();
    Params request = in(ResponseMode.JWT, client.authorizationRequest());
    Shown login = browser.open(client, client.push(request).string("request_uri"));
    return SignedAnswer.of(browser.press(login, "cancel"), ResponseMode.JWT, client.redirectUri());
  }

  /** What the query of a client without signed modes says is what it always said. */
  @Test
  @Requirement({"SP-5.3.2.2-7", "OA-17"})
  void signsNothingForAClientThatDoesNotWantIt() {
    for (Params request : List.of(request(), request().with("response_mode", "query"))) {
      Callback callback = Callback.of(ended(request, Ending.DENIED));
      assertThat(callback.query().keySet())
          .containsExactly("error", "error_description", "state", "iss");
    }
  }

  /** The person is shown a page; whoever waits at the other address hears nothing. */
  @Test
  @Requirement({"OA-2", "ATT-14", "A1-03"})
  void neverTakesAModeFromTheAddress() {
    Browser browser = browser();
    String url = browser.authorizationUrl(server.app(), pushed()).toString();
    URI withMode = URI.create(url + "&response_mode=form_post.jwt");
    Shown login = browser.follow(browser.get(withMode));
    assertThat(Callback.of(browser.press(login, "cancel")).get("error")).isEqualTo("access_denied");
  }
}
