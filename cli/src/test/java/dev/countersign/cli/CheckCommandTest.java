package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.server.config.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir private Path folder;

  private ExampleFolder example;

  @BeforeEach
  void prepare() throws IOException {
    example = ExampleFolder.in(folder).with("https://auth.example.com", "https://localhost:8443");
  }

  private Ran check() {
    return Ran.command("check", "--config", example.config().toString());
  }

  @Test
  void saysWhatWouldBeServedAndChangesNothing() throws IOException {
    Ran check = check();
    assertThat(check.exitCode()).isZero();
    assertThat(check.out())
        .contains(
            example.config() + " is right",
            "https://localhost:8443\n",
            "127.0.0.1:8443\n",
            "localhost, 127.0.0.1, good until 2",
            folder.resolve("countersign.db") + "\n",
            "https://api.example.com (accounts payments)\n",
            "sunny-budget (authorization_code, refresh_token)\n",
            "users        1\n")
        .doesNotContain("argon2id");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("countersign.yaml", "server.pem", "server-key.pem");
    }
  }

  @Test
  void saysHowClientsRegisterThemselves() throws IOException {
    assertThat(registering("initial_access_tokens: ['" + "0".repeat(64) + "']"))
        .contains("registering  up to 1000 clients register themselves, with an initial access");
    String issuers = "issuers: [{issuer: The Directory, jwks_uri: 'https://d.example/jwks'}]";
    assertThat(registering("open: true, software_statements: {" + issuers + "}"))
        .contains("without a token, some with a software statement of The Directory\n");
    assertThat(registering("software_statements: {required: true, " + issuers + "}"))
        .contains("without a token, each with a software statement of The Directory\n");
  }

  @Test
  void saysOfWhomWhatMustBeSigned() throws IOException {
    String open = "open: true, profile: fapi2-message-signing";
    assertThat(registering(open)).contains("without a token, with signed requests and responses\n");
    assertThat(registering(open + ", message_signing: [requests]"))
        .contains("without a token, with signed requests\n");

    example.with("    name: Sunny Budget\n", "    name: Sunny Budget\n    response_modes: [jwt]\n");
    String apis =
        """
        resource_servers:
          - client_id: accounts-api
            profile: fapi2-message-signing
            resources: [https://api.example.com]
            jwks_uri: https://api.example.com/jwks
          - client_id: payments-api
            resources: [https://api.example.com]
            jwks_uri: https://api.example.com/jwks
        """;
    Files.writeString(example.config(), apis, StandardOpenOption.APPEND);
    assertThat(check().out())
        .contains(
            "sunny-budget (authorization_code, refresh_token; with signed responses)\n",
            "asking       accounts-api (for signed answers alone)\n",
            " payments-api\n");
  }

  @Test
  void namesTheTypesOfAuthorizationDetailsAndWhatIsWrongWithTheirFiles() throws IOException {
    String line = "authorization_details_types: [payment_initiation, door.yaml]\n";
    String door =
        "type: door\nschema: {properties: {type: {}}}\npersonal: []\nsensitive: false\nuse: many\n";
    Files.writeString(example.config(), line, StandardOpenOption.APPEND);
    Files.writeString(folder.resolve("door.yaml"), door);
    assertThat(check().out()).contains("  details      payment_initiation\n", " door\n");
    Files.writeString(folder.resolve("door.yaml"), door.replace("{}", "true"));
    Ran check = check();
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err())
        .contains("door.yaml:2: /schema/properties/type: leaves open what may stand there");
  }

  @Test
  void warnsOfATypeOfWhichNobodyHasAnythingToChoose() throws IOException {
    String types = "authorization_details_types: [payment_initiation, document_signing]\n";
    Files.writeString(example.config(), types, StandardOpenOption.APPEND);
    assertThat(check().err()).doesNotContain("nobody can allow");
    example.with("      accounts:\n", "      meters:\n");
    Ran check = check();
    assertThat(check.exitCode()).isZero();
    assertThat(check.err())
        .contains("warning: authorization_details_types: nobody can allow payment_initiation,")
        .contains("choices.accounts")
        .doesNotContain("document_signing");
  }

  private String registering(String keys) throws IOException {
    String line = "dynamic_registration: {enabled: true, " + keys + "}\n";
    Files.writeString(example.config(), line, StandardOpenOption.APPEND);
    String out = check().out();
    example.with(line, "");
    return out;
  }

  @Test
  void warnsOfWhatWillBeAFaultSoon() {
    assertThat(check().err()).contains("warning: tls.certificate: expires in 0 days");
  }

  @Test
  void namesAllProblemsOfTheConfigurationAtOnce() throws IOException {
    example
        .with("authorization_code: 60s", "authorization_code: 61s")
        .with("  session: 8h", "  sesion: 8h");
    Ran check = check();
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.out()).isEmpty();
    assertThat(check.err())
        .contains("lifetimes.authorization_code: ", "lifetimes.sesion: ")
        .doesNotContain("Exception");
  }

  @Test
  void readsTheFilesOfClientsToo() throws IOException {
    Files.createDirectory(folder.resolve("clients"));
    example.with("clients:\n", "clients_dir: clients\nclients:\n");
    String client =
        """
        client_id: machine
        name: The Machine
        jwks_uri: https://machine.example.com/jwks.json
        grant_types: [client_credentials]
        scope: accounts
        """;
    Files.writeString(folder.resolve("clients/machine.yaml"), client);
    assertThat(check().out()).contains("machine (client_credentials)\n");
    Files.writeString(
        folder.resolve("clients/machine.yaml"), client.replace("https://", "http://"));
    Ran check = check();
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err()).contains("clients/machine.yaml:3: jwks_uri: must be an https URL");
  }

  @Test
  void refusesACertificateOfAnotherHost() throws IOException {
    example.with("issuer: https://localhost:8443", "issuer: https://auth.example.com");
    Ran check = check();
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err()).contains("tls.certificate: does not name auth.example.com");
    assertThat(check.out()).isEmpty();
  }

  @Test
  void looksAtTheSecondListenerToo(@TempDir Path other) throws IOException {
    example.with("lifetimes:\n", "mtls: {url: 'https://127.0.0.1:9443'}\nlifetimes:\n");
    Ran right = check();
    assertThat(right.exitCode()).isZero();
    assertThat(right.out()).contains("127.0.0.1:8444, known as https://127.0.0.1:9443\n");
    assertThat(right.err()).containsOnlyOnce("expires in 0 days");
    example.with("https://127.0.0.1:9443", "https://mtls.example.com");
    assertThat(check().err())
        .contains("tls.certificate: does not name mtls.example.com, the host of mtls.url");
    ExampleFolder.in(other);
    Files.copy(other.resolve("server.pem"), folder.resolve("mtls.pem"));
    example.with(
        "mtls: {url: 'https://mtls.example.com'}",
        "mtls: {url: 'https://localhost:9443', certificate: mtls.pem, key: server-key.pem}");
    Ran wrong = check();
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("mtls: ", "does not fit").doesNotContain("Exception");
  }

  @Test
  void refusesAKeyThatDoesNotFit(@TempDir Path other) throws IOException {
    ExampleFolder stranger = ExampleFolder.in(other);
    Files.copy(
        stranger.config().resolveSibling("server-key.pem"), folder.resolve("stranger-key.pem"));
    example.with("key: server-key.pem", "key: stranger-key.pem");
    Ran check = check();
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err()).contains("tls: ", "does not fit").doesNotContain("Exception");
  }

  @Test
  void saysThatTheStoreHasNoPlaceAndAllElseToo() throws IOException {
    example.with("path: countersign.db", "path: absent/countersign.db");
    Ran check = check();
    assertThat(check.exitCode()).isEqualTo(69);
    assertThat(check.err()).contains("store.path: ", "absent", "does not exist");
    assertThat(folder.resolve("absent")).doesNotExist();

    example.with("issuer: https://localhost:8443", "issuer: https://auth.example.com");
    Ran both = check();
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.err()).contains("tls.certificate: ", "store.path: ");
  }

  @Test
  void saysThatThereIsNoConfiguration() {
    Ran check = Ran.command("check", "--config", folder.resolve("none.yaml").toString());
    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.err()).contains("none.yaml", "cannot be read").doesNotContain("Exception");
  }

  @Test
  void printsTheSchemaForEditors() {
    Ran schema = Ran.command("check", "--schema");
    assertThat(schema.exitCode()).isZero();
    assertThat(schema.out()).isEqualTo(ConfigKeys.describe().schema());
  }

  @Test
  void wantsOneOfTheTwo() {
    assertThat(Ran.command("check").exitCode()).isEqualTo(2);
    assertThat(Ran.command("check").err()).contains("--config").doesNotContain("Exception");
    Ran both = Ran.command("check", "--schema", "--config", example.config().toString());
    assertThat(both.exitCode()).isEqualTo(2);
    assertThat(both.out()).isEmpty();
  }
}
