package dev.countersign.attacker.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.attacker.wire.OutOfBoundsException;
import dev.countersign.attacker.wire.Targets;
import dev.countersign.attacker.wire.Wire;
import dev.countersign.testkit.ScriptedServer;
import dev.countersign.testkit.ScriptedServer.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the browser of a person goes, and where it types. */
class BrowserTest {
  private static final TestUser ALICE =
      new TestUser("alice", Map.of("username", "alice", "password", "wonder"), List.of());

  private ScriptedServer server;
  private ScriptedServer login;
  private ScriptedServer resource;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    login = new ScriptedServer();
    resource = new ScriptedServer();
    login.on("/login", _ -> Reply.text(200, form("/in")));
    login.on("/in", _ -> redirect("https://app.example/callback?code=c"));
  }

  @AfterEach
  void stop() {
    server.close();
    login.close();
    resource.close();
  }

  private static Reply redirect(Object to) {
    return Reply.text(302, "").with("Location", to.toString());
  }

  private static String form(Object action) {
    return "<form method=post action=\""
        + action
        + "\"><input name=username><input type=password name=password><button>Go</button></form>";
  }

  private Landing authorize(URI... allowed) throws IOException {
    Targets targets =
        Targets.allowing(allowed)
            .issuer(server.uri(""))
            .with(Labs.client())
            .with(ALICE)
            .resource(resource.uri("/api"));
    try (Wire wire = targets.wire()) {
      return Labs.lab(targets.target(), wire, _ -> {})
          .browser()
          .authorize(server.uri("/authorize"), ALICE);
    }
  }

  @Test
  void logsInAtAnotherHostThatIsAllowed() throws IOException {
    server.on("/authorize", _ -> redirect(login.uri("/login")));

    assertThat(authorize(server.uri(""), login.uri("")))
        .isInstanceOfSatisfying(Landing.Back.class, back -> assertThat(back.code()).contains("c"));
    assertThat(login.received("/in").getFirst().form().value("password")).contains("wonder");
  }

  @Test
  void isElsewhereAtAHostThatIsNotAllowed() throws IOException {
    server.on("/authorize", _ -> redirect(login.uri("/login")));

    assertThat(authorize(server.uri(""))).isInstanceOf(Landing.Elsewhere.class);
    assertThat(login.received()).isEmpty();
  }

  @Test
  void isElsewhereAtAResourceAndInClear() throws IOException {
    server.on("/authorize", _ -> redirect(resource.uri("/api")));
    assertThat(authorize(server.uri(""), resource.uri(""))).isInstanceOf(Landing.Elsewhere.class);
    assertThat(resource.received()).isEmpty();

    URI clear = URI.create("http://" + login.uri("/login").getRawAuthority() + "/login");
    server.on("/authorize", _ -> redirect(clear));
    assertThat(authorize(server.uri(""), login.uri(""))).isInstanceOf(Landing.Elsewhere.class);
    assertThat(login.received()).isEmpty();
  }

  @Test
  void typesNothingIntoAFormForAResource() {
    server.on("/authorize", _ -> Reply.text(200, form(resource.uri("/api"))));

    assertThatThrownBy(() -> authorize(server.uri(""), resource.uri("")))
        .isInstanceOf(OutOfBoundsException.class)
        .hasMessageContaining("where nobody logs in")
        .hasMessageNotContaining("wonder");
    assertThat(resource.received()).isEmpty();
  }

  @Test
  void postsAFormForAResourceInWhichNobodyTypes() throws IOException {
    resource.on("/api", _ -> Reply.text(403, ""));
    server.on(
        "/authorize",
        _ ->
            Reply.text(
                200,
                "<form method=post action=\""
                    + resource.uri("/api")
                    + "\"><input type=hidden name=a value=b><button>Go</button></form>"));

    assertThat(authorize(server.uri(""), resource.uri("")))
        .isInstanceOfSatisfying(
            Landing.Shown.class, shown -> assertThat(shown.page().status()).isEqualTo(403));
  }
}
