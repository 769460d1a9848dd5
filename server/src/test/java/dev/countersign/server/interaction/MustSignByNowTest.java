package dev.countersign.server.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Callback;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.SignedRequests;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a client must sign its requests counts for those that wait for an answer, too. */
@Requirement({"PAR-13", "MS-5.3.1-1", "ATT-61"})
class MustSignByNowTest {
  private static final String SIGNS =
      """
      name: The App
          profile: fapi2-message-signing
          message_signing: [requests]
      """;

  @TempDir Path folder;

  private TestServer before() {
    return new TestServer(folder, People::in);
  }

  private TestServer strict() {
    return new TestServer(folder, yaml -> People.in(yaml).replace("name: The App\n", SIGNS));
  }

  private static String pushed(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.string("request_uri");
  }

  private static String signed(TestServer server) {
    SignedRequests requests = new SignedRequests(server, server.app());
    return pushed(requests.push(requests.object()));
  }

  private static Callback allowed(TestServer server, String requestUri) {
    Browser browser = new Browser(server);
    Shown login = browser.open(server.app(), requestUri);
    return Callback.of(browser.press(browser.loggedIn(login), "allow"));
  }

  /** Nobody is asked for a password first. */
  private static Callback refused(TestServer server, String requestUri) {
    Browser browser = new Browser(server);
    return Callback.of(browser.open(server.app(), requestUri).reply());
  }

  @Test
  void whatWasPushedUnsignedBringsAnErrorAndNoCode() {
    String plain;
    String signed;
    try (TestServer server = before()) {
      plain = pushed(server.app().push(server.app().authorizationRequest()));
      signed = signed(server);
    }
    try (TestServer server = strict()) {
      Callback answer = refused(server, plain);
      assertThat(answer.get("error")).isEqualTo("invalid_request");
      assertThat(answer.get("error_description")).isEqualTo("the request must be a signed object");
      assertThat(server.logged("detail"))
          .contains(
              "permitted no longer (MS-5.3.1-1): request is missing, expected a request object");
      assertThat(server.logged("client_id")).contains(server.app().id().value());
      assertThat(allowed(server, signed).get("code")).isNotEmpty();
    }
  }

  @Test
  void aPageThatIsOpenBringsAnErrorAndNoCode() {
    Browser browser;
    Shown consent;
    try (TestServer server = before()) {
      browser = new Browser(server);
      consent = browser.loggedIn(browser.start(server.app().authorizationRequest()));
    }
    try (TestServer server = strict()) {
      Browser after = browser.at(server);
      assertThat(after.press(consent, "allow").header("Location"))
          .contains(consent.url().toString());
      assertThat(Callback.of(after.get(consent.url())).get("error")).isEqualTo("invalid_request");
    }
  }

  @Test
  void noParameterOfTheClientPassesForASignature() {
    String uri;
    try (TestServer server = before()) {
      Params request = server.app().authorizationRequest();
      uri =
          pushed(
              server
                  .app()
                  .push(
                      request
                          .with("state", "x&signed=true")
                          .and("signed", "true")
                          .and("login_hint", "&signed=true&")));
      assertThat(
              server
                  .store()
                  .findRequest(new RequestUri(uri).digest(), server.now())
                  .orElseThrow()
                  .signed())
          .isFalse();
    }
    try (TestServer server = strict()) {
      assertThat(refused(server, uri).get("error")).isEqualTo("invalid_request");
    }
  }
}
