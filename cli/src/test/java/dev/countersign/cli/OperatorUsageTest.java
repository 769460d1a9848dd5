package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.testkit.TestTls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands for operators without a server. */
class OperatorUsageTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grants",
        "grants list",
        "grants revoke",
        "grants revoke-client",
        "grants end",
        "clients",
        "clients end"
      })
  void saysWhatIsMissingOnTheCommandLine(String command) {
    Ran ran = Ran.command(command.split(" "));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("--help.").doesNotContain("Exception");
  }

  @Test
  void asksWhoseGrantsToList() {
    Ran ran =
        Ran.command(
            "grants",
            "list",
            "--issuer",
            "https://localhost",
            "--client-id",
            "operator",
            "--key",
            "operator.json");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualTo(
            "Say whose grants: --user, --client or both. Try countersign grants list --help.\n");
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    Path key = folder.resolve("operator.json");
    assertThat(Ran.command("clients", "operator", "--key", key.toString()).exitCode()).isZero();

    Ran ran =
        Ran.command(
            "grants",
            "list",
            "--user",
            "anna",
            "--issuer",
            "https://localhost:" + nobody,
            "--client-id",
            "operator",
            "--key",
            key.toString());

    assertThat(ran.exitCode()).isEqualTo(69);
    assertThat(ran.err()).startsWith("Not done: ").doesNotContain("Exception");
  }

  @Test
  void explainsItself() {
    assertThat(Ran.command("--help").out()).contains("grants", "clients");
    assertThat(Ran.command("grants", "--help").out()).contains("list", "revoke", "revoke-client");
    Ran list = Ran.command("grants", "list", "--help");
    assertThat(list.exitCode()).isZero();
    assertThat(list.out()).contains("--user", "--client", "--issuer", "--key", "--json");
    assertThat(Ran.command("grants", "list", "--version").out()).contains("countersign");
    assertThat(Ran.command("clients", "end", "--help").out()).contains("registered itself");
  }

  @Test
  void makesAClientThatTheConfigurationTakes() throws Exception {
    TestTls.LOCALHOST.write(folder);
    Files.writeString(
        folder.resolve("countersign.yaml"),
        """
        issuer: https://auth.example.com
        tls: {certificate: server.pem, key: server-key.pem}
        resources: [{indicator: 'https://api.example.com'}]
        clients_dir: clients
        """);
    Path key = folder.resolve("keys/operator.json");

    Ran ran = Ran.command("clients", "operator", "--client-id", "ops", "--key", key.toString());
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    Files.createDirectory(folder.resolve("clients"));
    Files.writeString(folder.resolve("clients/operator.yaml"), ran.out());

    Config config = ConfigFile.read(folder.resolve("countersign.yaml"));
    RegisteredClient client = config.clients().getFirst();
    assertThat(client.id().value()).isEqualTo("ops");
    assertThat(client.scope().toString()).isEqualTo("countersign_operator");
    assertThat(ClientFiles.key(key).publicJwk().toJson().toJson())
        .matches(jwk -> ran.out().contains(jwk));
    assertThat(ran.out()).doesNotContain("\"d\"");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void overwritesNoKey() throws Exception {
    Path key = Files.writeString(folder.resolve("operator.json"), "mine");

    Ran ran = Ran.command("clients", "operator", "--key", key.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("is there already");
    assertThat(key).hasContent("mine");
  }

  @Test
  void writesTheClientBesideItsKeyOrNeither() throws Exception {
    Path key = folder.resolve("operator.json");
    Path client = folder.resolve("clients/operator.yaml");
    String[] command = {
      "clients", "operator", "--key", key.toString(), "--client", client.toString()
    };

    Ran ran = Ran.command(command);

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .isEqualTo("Wrote the private key to " + key + " and the client to " + client + ".\n");
    assertThat(client)
        .content()
        .contains("client_id: \"operator\"", ClientFiles.key(key).publicJwk().toJson().toJson())
        .doesNotContain("\"d\"");
    Files.delete(key);

    Ran again = Ran.command(command);

    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains(client + " is there already");
    assertThat(key).doesNotExist();
  }

  @Test
  void writesNeitherWhereOneOfTheTwoCannotBeWritten() throws Exception {
    Path key = folder.resolve("operator.json");
    String client = folder.resolve("too-long-a-name".repeat(20)).toString();

    Ran ran = Ran.command("clients", "operator", "--key", key.toString(), "--client", client);

    assertThat(ran.exitCode()).isEqualTo(69);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("Not done: cannot write ").contains("too-long");
    assertThat(key).doesNotExist();
  }

  @Test
  void makesNoClientOfAnImpossibleName() {
    Path key = folder.resolve("operator.json");

    Ran ran = Ran.command("clients", "operator", "--client-id", "", "--key", key.toString());

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(key).doesNotExist();
  }
}
