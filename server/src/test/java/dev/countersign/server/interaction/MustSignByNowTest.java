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
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

  /** What other-app is, in a file of its own that is read again while the server runs. */
  private String withOtherInAFile(String yaml) {
    int from = yaml.indexOf("  - client_id: other-app");
    int to = yaml.indexOf("  - client_id: machine");
    write(yaml.substring(from, to).replace("  - ", "").replace("    ", ""));
    return People.in(yaml.substring(0, from) + yaml.substring(to)) + "clients_dir: clients\n";
  }

  private Path file() {
    return folder.resolve("clients/other.yaml");
  }

  private void write(String client) {
    try {
      Files.createDirectories(file().getParent());
      Files.writeString(file(), client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signsFromNowOn(TestServer server) throws IOException {
    write(
        Files.readString(file()) + "profile: fapi2-message-signing\nmessage_signing: [requests]\n");
    server.reloadClients();
    assertThat(server.other().push(server.other().authorizationRequest()).outcome())
        .isEqualTo("400 invalid_request");
  }

  @Test
  void countsForEveryStepOfAServerThatRuns() throws IOException {
    try (TestServer server = new TestServer(folder, this::withOtherInAFile)) {
      Browser browser = new Browser(server);
      browser.startLoggedIn();
      TestClient other = server.other();
      String plain = pushed(other.push(other.authorizationRequest()));
      String silent = pushed(other.push(other.authorizationRequest().with("prompt", "none")));
      Shown consent = browser.open(other, plain);
      assertThat(consent.reply().status()).isEqualTo(200);
      Browser stranger = new Browser(server);
      Shown login = stranger.open(other, pushed(other.push(other.authorizationRequest())));
      assertThat(login.reply().status()).isEqualTo(200);

      signsFromNowOn(server);

      assertThat(refusedBy(browser.open(other, silent).reply())).isEqualTo("invalid_request");
      Reply allowed = browser.press(consent, "allow");
      assertThat(allowed.header("Location")).contains(consent.url().toString());
      assertThat(refusedBy(browser.get(consent.url()))).isEqualTo("invalid_request");
      Reply loggedIn = stranger.logIn(login, People.ANNA, People.ANNAS_PASSWORD);
      assertThat(loggedIn.header("Location")).contains(login.url().toString());
      assertThat(stranger.cookies()).doesNotContain(Browser.SESSION);
      assertThat(refusedBy(stranger.get(login.url()))).isEqualTo("invalid_request");
    }
  }

  private static String refusedBy(Reply answer) {
    assertThat(answer.header("Location").orElse("")).doesNotContain("code=");
    return Callback.of(answer).get("error");
  }
}
