package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.requirement.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands for operators against a running server. */
@Timeout(120)
class OperatorCommandsTest {
  private static final int MANY = 230;

  @TempDir private Path folder;

  private final List<GrantId> annas = new ArrayList<>();
  private OperatorServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        OperatorServer.start(
            folder,
            store -> {
              annas.add(OperatorServer.grant(store, "u-anna", "app"));
              annas.add(OperatorServer.grant(store, "u-anna", "gone-app"));
              OperatorServer.grants(store, MANY, "busy-app");
              OperatorServer.grant(store, "u-ben", "own-app");
              OperatorServer.register(store, "own-app");
            });
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void listsWhatAPersonAllowed() {
    Ran ran = server.run("grants", "list", "--user", "anna");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out())
        .contains(
            annas.get(0).value(),
            annas.get(1).value(),
            "  client     The App (app)\n",
            "  client     gone-app\n",
            "  person     anna (u-anna)\n",
            "  allows     accounts\n",
            "  at         https://api.example.com\n",
            "  given      2026-03-01T12:00:00Z\n",
            "  last used  2026-03-01T12:00:00Z\n",
            "  until      it is ended\n")
        .doesNotContain("changed")
        .endsWith("2 grants.\n");
    Ran both = server.run("grants", "list", "--user", "u-anna", "--client", "app");
    assertThat(both.out()).contains(annas.getFirst().value()).endsWith("1 grant.\n");
    assertThat(server.run("grants", "list", "--user", "nobody").out()).isEqualTo("0 grants.\n");
  }

  @Test
  void listsAllPagesOfAClientAsJson() throws Exception {
    Ran ran = server.run("grants", "list", "--client", "busy-app", "--json");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    List<String> ids = new ArrayList<>();
    for (String line : ran.out().lines().toList()) {
      ids.add(JsonObject.parse(line).string("grant_id").orElseThrow());
    }
    assertThat(ids).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void endsGrantsAndSaysWhichThereAreNot() {
    String id = annas.getFirst().value();

    Ran ran = server.run("grants", "revoke", id, "no-such-grant", "../clients/own-app");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEqualTo("Ended " + id + ".\n");
    assertThat(ran.err())
        .isEqualTo(
            """
            There is no grant no-such-grant; it may have ended before.
            There is no grant ../clients/own-app; it may have ended before.
            """);
    assertThat(server.run("grants", "list", "--client", "app").out()).isEqualTo("0 grants.\n");
    String other = annas.getLast().value();
    Ran json = server.run("grants", "revoke", other, id, "--json");
    assertThat(json.exitCode()).isEqualTo(1);
    assertThat(json.out())
        .isEqualTo(
            "{\"grant_id\":\""
                + other
                + "\",\"result\":\"ended\"}\n{\"grant_id\":\""
                + id
                + "\",\"result\":\"unknown\"}\n");
  }

  @Test
  @Requirement({"SP-6.8-4"})
  void endsAllGrantsOfAClientAndShowsHowFarItIs() {
    Ran ran = server.run("grants", "revoke-client", "busy-app");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("Ended 230 grants of busy-app.\n");
    assertThat(ran.err()).isEqualTo("100 ended so far\n200 ended so far\n");
    assertThat(server.run("grants", "list", "--client", "busy-app").out()).isEqualTo("0 grants.\n");
    assertThat(server.run("grants", "list", "--client", "app").out()).endsWith("1 grant.\n");
    assertThat(server.run("grants", "revoke-client", "app", "--json").out())
        .isEqualTo("{\"client_id\":\"app\",\"ended\":1}\n");
    assertThat(server.run("grants", "revoke-client", "app").out())
        .isEqualTo("Ended 0 grants of app.\n");
  }

  @Test
  void saysThatThereIsNoSuchClient() {
    Ran ran = server.run("grants", "revoke-client", "bussy-app");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEqualTo("There is no client bussy-app, and no grant of one.\n");
  }

  @Test
  void endsAClientThatRegisteredItselfAndNoOther() {
    Ran ran = server.run("clients", "end", "own-app");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("Ended own-app.\n");
    assertThat(server.run("grants", "list", "--client", "own-app").out()).isEqualTo("0 grants.\n");
    Ran again = server.run("clients", "end", "own-app", "--json");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.out()).isEmpty();
    assertThat(again.err()).isEqualTo("No client own-app has registered itself.\n");
    assertThat(server.run("clients", "end", "app").exitCode()).isEqualTo(1);
    assertThat(server.run("grants", "list", "--client", "app").out()).endsWith("1 grant.\n");
  }

  @Test
  void usesADpopKeyOfTheOperatorsButNotTheSameKeyTwice() {
    Path other = folder.resolve("stranger.json");
    assertThat(
            server
                .run("grants", "list", "--user", "anna", "--dpop-key", other.toString())
                .exitCode())
        .isZero();
    Ran same =
        server.run(
            "grants",
            "list",
            "--user",
            "anna",
            "--dpop-key",
            folder.resolve("operator.json").toString());
    assertThat(same.exitCode()).isEqualTo(2);
    assertThat(same.err()).contains("SP-6.8-2");
  }

  @Test
  void saysWhyAClientMayNot() {
    Ran stranger = server.runAs("operator", "stranger", "grants", "list", "--user", "anna");
    Ran app = server.runAs("app", "app", "grants", "list", "--user", "anna");

    assertThat(stranger.exitCode()).isEqualTo(1);
    assertThat(stranger.err())
        .contains("invalid_client", "Is operator registered there, with this key");
    assertThat(app.exitCode()).isEqualTo(1);
    assertThat(app.err()).contains("invalid_scope", "the scope countersign_operator?");
    assertThat(stranger.out() + app.out()).isEmpty();
  }

  @Test
  void saysThatAKeyCannotBeRead() throws Exception {
    Files.writeString(folder.resolve("broken.json"), "{\"kty\":\"secret\"}");

    Ran none = server.runAs("operator", "none", "grants", "list", "--user", "anna");
    Ran broken = server.runAs("operator", "broken", "grants", "list", "--user", "anna");

    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("none.json cannot be read");
    assertThat(broken.exitCode()).isEqualTo(2);
    assertThat(broken.err()).contains("broken.json is not").doesNotContain("secret");
  }
}
