package dev.countersign.server.register;

import static dev.countersign.server.register.RegisteredPeer.id;
import static dev.countersign.server.register.RegisteredPeer.json;
import static dev.countersign.server.register.RegisteredPeer.manage;
import static dev.countersign.server.register.RegisteredPeer.metadata;
import static dev.countersign.server.register.RegisteredPeer.register;
import static dev.countersign.server.register.RegisteredPeer.with;
import static dev.countersign.server.register.SoftwareStatementTest.by;
import static dev.countersign.server.register.SoftwareStatementTest.statements;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.kit.Browser;
import dev.countersign.server.kit.Params;
import dev.countersign.server.kit.People;
import dev.countersign.server.kit.Reply;
import dev.countersign.server.kit.Shown;
import dev.countersign.server.kit.TestClient;
import dev.countersign.server.kit.TestServer;
import dev.countersign.store.Store;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told of a client whose name is that of a software statement. */
class VouchedForClientTest {
  private static final StatementIssuer DIRECTORY = new StatementIssuer();

  private static final String KNOWN =
      """
      {"client_name":"Known App", "redirect_uris":["https://other.example.com/callback"]}\
      """;

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
    Shown shown = consent(KNOWN);

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

  @Test
  @Requirement({"DC-2", "DC-4"})
  void isSaidToBeUncheckedIfTheNameThatIsShownIsOfBeforeTheStatement(@TempDir Path other) {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    String trusted = statements(DIRECTORY.trusted());
    try (TestServer racing =
        new TestServer(
            other,
            yaml -> RegisteredPeer.with(trusted).apply(People.in(yaml)),
            store -> interrupted(store, meanwhile))) {
      TestClient party = racing.stranger();
      Reply registered = register(racing, metadata(party));
      TestClient client = party.as(id(registered));
      Browser browser = new Browser(racing);
      Shown page = browser.loggedIn(browser.open(client, pushed(client)));
      JsonObject bound =
          with(
              with(metadata(party), json("{\"client_id\":\"" + client.id().value() + "\"}")),
              by(DIRECTORY.statement(KNOWN)));
      meanwhile.set(() -> manage(racing, "PUT", registered, bound.toJson()));

      Shown shown = browser.show(page.url());
      assertThat(shown.document().select("h1").text()).contains("Budget App");
      assertThat(shown.document().select(".unchecked")).isNotEmpty();

      Shown then = browser.show(page.url());
      assertThat(then.document().select("h1").text()).contains("Known App");
      assertThat(then.document().select(".unchecked")).isEmpty();
    }
  }

  /** Something happens once, just after a registration was looked up. */
  private static Store interrupted(Store store, AtomicReference<Runnable> meanwhile) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              try {
                Object answer = method.invoke(store, arguments);
                if (method.getName().equals("findRegistration")) {
                  meanwhile.getAndSet(() -> {}).run();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static String pushed(TestClient client) {
    Params request = client.authorizationRequest().with("redirect_uri", RegisteredPeer.CALLBACK);
    return client.push(request).string("request_uri");
  }

  private static Shown consent(String claims) {
    TestClient party = server.stranger();
    String statement = DIRECTORY.statement(claims);
    TestClient client = party.as(id(register(server, with(metadata(party), by(statement)))));
    Browser browser = new Browser(server);
    return browser.loggedIn(browser.open(client, pushed(client)));
  }
}
