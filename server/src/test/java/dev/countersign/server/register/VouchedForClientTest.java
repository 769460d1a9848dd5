package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static dev.countersign.server.register.SoftwareStatementTest.by;
import static dev.countersign.server.register.SoftwareStatementTest.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told of a client whose name is that of a software statement. */
class VouchedForClientTest {
  private static final StatementIssuer DIRECTORY = new StatementIssuer();

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    String trusted = statements(DIRECTORY.trusted());
    server = new TestServer(folder, yaml -> RegisteredPeer.with(trusted).apply(People.in(yaml)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void isNotSaidToBeUnchecked() {
    Shown shown =
        consent(
            """
            {"client_name":"Known App",
             "redirect_uris":["https://other.example.com/callback"]}\
            """);

    assertThat(shown.document().select("h1").text()).contains("Known App");
    assertThat(shown.document().select(".unchecked")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"client_name\":\"Known App\"}",
        "{\"redirect_uris\":[\"https://other.example.com/callback\"]}",
        "{\"software_id\":\"s-1\"}"
      })
  void isSaidToBeUncheckedIfItsNameOrItsAddressIsItsOwnWord(String claims) {
    assertThat(consent(claims).document().select(".unchecked").text())
        .contains("registered itself", "other.example.com");
  }

  private static Shown consent(String claims) {
    TestClient party = server.stranger();
    String statement = DIRECTORY.statement(claims);
    TestClient client = party.as(id(register(server, with(metadata(party), by(statement)))));
    Params request = client.authorizationRequest().with("redirect_uri", RegisteredPeer.CALLBACK);
    Browser browser = new Browser(server);
    return browser.loggedIn(browser.open(client, client.push(request).string("request_uri")));
  }
}
