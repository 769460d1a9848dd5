package dev.countersign.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.countersign.remote.Freshness;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients in the main file and in files of their own, as they are read and read again. */
class ClientFilesTest {
  private static final String KEY =
      "{keys: [{kty: OKP, crv: Ed25519, kid: k1, x: 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo}]}";
  private static final String MAIN =
      """
      issuer: https://auth.example.com
      tls: {certificate: server.pem, key: server-key.pem}
      scopes:
        - {name: accounts, description: See your accounts}
      resources:
        - {indicator: https://api.example.com, scopes: accounts}
      clients_dir: clients
      users:
        - username: anna
          sub: u-anna
          password: $argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaA
      clients:
      """;

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(folder.resolve("clients"));
    write("server.pem", "");
    write("server-key.pem", "");
    write("countersign.yaml", MAIN + inMain("main"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String client(String id) {
    return """
    client_id: %s
    name: The %s
    jwks: %s
    grant_types: [client_credentials]
    scope: accounts
    """
        .formatted(id, id, KEY);
  }

  private static String inMain(String id) {
    return "  - " + client(id).strip().replace("\n", "\n    ") + "\n";
  }

  private Config read() throws ConfigException {
    return ConfigFile.read(folder.resolve("countersign.yaml"));
  }

  private ClientFiles files(String... ids) throws IOException, ConfigException {
    for (String id : ids) {
      write("clients/" + id + ".yaml", client(id));
    }
    return read().registration().files();
  }

  private static List<String> ids(ClientFiles files) {
    return files.clients().stream().map(client -> client.id().value()).toList();
  }

  private List<String> problemsAtStart() {
    return catchThrowableOfType(ConfigException.class, this::read).problems().stream()
        .map(ConfigProblem::inOneLine)
        .toList();
  }

  private static List<String> problems(ClientFiles files) {
    return files.problems().stream().map(ConfigProblem::inOneLine).toList();
  }

  @Test
  void readsTheMainFileAndThenTheFolderByName() throws Exception {
    write("clients/b.yml", client("b"));
    write("clients/readme.md", "no client");
    write("clients/.hidden.yaml", "no: client");
    Files.createDirectory(folder.resolve("clients/folder.yaml"));
    assertThat(ids(files("c", "a"))).containsExactly("main", "a", "b", "c");
    assertThat(read().clients()).isEqualTo(read().registration().files().clients());
  }

  @Test
  void findsTheKeysOfAClientBesideItsFile() throws Exception {
    write("clients/keys.json", ConfigSamples.KEYS);
    write("clients/a.yaml", client("a").replace("jwks: " + KEY, "jwks_file: keys.json"));
    assertThat(ids(files())).containsExactly("main", "a");
  }

  @Test
  @Requirement({"SP-5.4.2-0"})
  void keepsWhereAClientPublishesItsKeys() throws Exception {
    write("clients/a.yaml", client("a").replace("jwks: " + KEY, "jwks_uri: https://a.example/k"));
    RegisteredClient client = files().clients().getLast();
    assertThat(client.keys()).isEqualTo(ClientKeys.at(URI.create("https://a.example/k")));
  }

  @ParameterizedTest
  @Requirement({"SP-5.4.2-1", "DC-5"})
  @CsvSource(
      delimiter = '|',
      value = {
        "jwks_uri: http://a.example/k             | clients/a.yaml:3: jwks_uri: must be an https",
        "jwks_uri: https://u@a.example/k          | clients/a.yaml:3: jwks_uri: must be an https",
        "jwks_uri: https://a.example/k#x          | clients/a.yaml:3: jwks_uri: must be an https",
        "jwks_uri: /k                             | clients/a.yaml:3: jwks_uri: must be an https",
        "jwks_uri: file:///etc/passwd             | clients/a.yaml:3: jwks_uri: must be an https",
        "jwks_file: none.json                     | clients/a.yaml:3: jwks_file: no readable file",
        "token_endpoint_auth_signing_alg: ES256   | clients/a.yaml:1: jwks: is missing"
      })
  void refusesAClientWhoseKeysCannotBeHad(String line, String problem) throws Exception {
    write("clients/a.yaml", client("a").replace("jwks: " + KEY, line));
    assertThat(problemsAtStart()).singleElement().asString().startsWith(problem);
  }

  @Test
  void refusesKeysInTwoPlaces() throws Exception {
    write("clients/a.yaml", client("a") + "jwks_uri: https://a.example/k\n");
    assertThat(problemsAtStart())
        .containsExactly("clients/a.yaml:6: jwks_uri: stands beside jwks; keep one of them");
  }

  @Test
  void startsWithNoneOfTheFilesWrong() throws Exception {
    write("clients/a.yaml", client("a").replace("scope: accounts", "scope: other"));
    write("clients/b.yaml", "client_id: [\n");
    write("clients/c.yaml", "");
    assertThat(problemsAtStart())
        .satisfiesExactly(
            a -> assertThat(a).startsWith("clients/a.yaml:5: scope: 'other' is not described"),
            b -> assertThat(b).startsWith("clients/b.yaml:2: is not valid YAML"),
            c -> assertThat(c).startsWith("clients/c.yaml: is empty"));
  }

  @Test
  void refusesAFolderThatIsNone() throws Exception {
    write("countersign.yaml", MAIN.replace("clients_dir: clients", "clients_dir: none"));
    assertThat(problemsAtStart()).singleElement().asString().contains("no readable folder at");
  }

  @Test
  void refusesOneIdInTwoFiles() throws Exception {
    write("clients/a.yaml", client("a"));
    write("clients/b.yaml", client("a"));
    write("clients/c.yaml", "name: C\n" + client("main").replaceAll("name:.*\n", ""));
    assertThat(problemsAtStart())
        .containsExactly(
            "clients/b.yaml:1: client_id: 'a' belongs to a client of clients/a.yaml already",
            "clients/c.yaml:2: client_id: 'main' belongs to a client of countersign.yaml already");
  }

  @Test
  @Requirement("SP-6.7")
  void refusesAnIdThatIsTheSubjectOfAPersonInEveryFile() throws Exception {
    write("clients/a.yaml", client("u-anna"));
    assertThat(problemsAtStart()).singleElement().asString().contains("clients/a.yaml:1", "SP-6.7");
    write("clients/a.yaml", client("a"));
    write("countersign.yaml", MAIN + inMain("u-anna"));
    assertThat(problemsAtStart()).singleElement().asString().contains("users[0].sub", "SP-6.7");
  }

  @Test
  void isTheVerySameWhileNoFileSaysAnythingElse() throws Exception {
    ClientFiles files = files("a");
    write("clients/a.yaml", client("a"));
    assertThat(files.reread()).isSameAs(files);
  }

  @Test
  void takesANewAChangedAndARemovedFile() throws Exception {
    ClientFiles files = files("a", "b");
    write("clients/c.yaml", client("c"));
    write("clients/a.yaml", client("a").replace("The a", "Another"));
    Files.delete(folder.resolve("clients/b.yaml"));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a", "c");
    assertThat(next.clients().get(1).name()).isEqualTo("Another");
    assertThat(next.problems()).isEmpty();
    assertThat(ids(files)).containsExactly("main", "a", "b");
  }

  @Test
  void takesChangedClientsOfTheMainFile() throws Exception {
    ClientFiles files = files("a");
    write("countersign.yaml", MAIN + inMain("other") + inMain("more"));
    assertThat(ids(files.reread())).containsExactly("other", "more", "a");
    write("countersign.yaml", MAIN);
    assertThat(ids(files.reread())).containsExactly("a");
  }

  @Test
  void takesChangedKeysInAFileOfTheirOwn() throws Exception {
    write("clients/keys.json", ConfigSamples.KEYS);
    write("clients/a.yaml", client("a").replace("jwks: " + KEY, "jwks_file: keys.json"));
    ClientFiles files = files();
    write("clients/keys.json", ConfigSamples.KEYS.replace("k1", "k2"));
    ClientKeys.Fixed keys = (ClientKeys.Fixed) files.reread().clients().getLast().keys();
    assertThat(keys.jwks().keys().getFirst().kid()).contains("k2");
  }

  @Test
  void keepsTheLastThatWasRightOfAFileThatIsNot() throws Exception {
    ClientFiles files = files("a", "b");
    write("clients/a.yaml", client("a").replace("scope: accounts", "scope: other"));
    write("clients/c.yaml", client("c"));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a", "b", "c");
    assertThat(problems(next))
        .containsExactly("clients/a.yaml:5: scope: 'other' is not described under 'scopes'");
    assertThat(next.reread()).isSameAs(next);

    write("countersign.yaml", "clients: [");
    ClientFiles broken = next.reread();
    assertThat(ids(broken)).isEqualTo(ids(next));
    assertThat(problems(broken).getFirst()).startsWith("countersign.yaml:1: is not valid YAML");

    write("clients/a.yaml", client("a"));
    write("countersign.yaml", MAIN);
    assertThat(ids(broken.reread())).containsExactly("a", "b", "c");
    assertThat(broken.reread().problems()).isEmpty();
  }

  @Test
  void aFileThatWasNeverRightRegistersNothing() throws Exception {
    ClientFiles files = files("a");
    write("clients/b.yaml", client("b").replace("name:", "nam:"));
    assertThat(ids(files.reread())).containsExactly("main", "a");
  }

  @Test
  void noFileTakesTheClientOfAnother() throws Exception {
    ClientFiles files = files("b");
    write("clients/a.yaml", client("b").replace("The b", "An impostor"));
    ClientFiles next = files.reread();
    assertThat(next.clients()).isEqualTo(files.clients());
    assertThat(problems(next))
        .containsExactly(
            "clients/a.yaml:1: client_id: 'b' belongs to a client of clients/b.yaml already");

    Files.delete(folder.resolve("clients/b.yaml"));
    assertThat(next.reread().clients().getLast().name()).isEqualTo("An impostor");
    assertThat(next.reread().problems()).isEmpty();
  }

  @Test
  void aClientMayMoveToAnotherFile() throws Exception {
    ClientFiles files = files("a", "b");
    Files.move(folder.resolve("clients/a.yaml"), folder.resolve("clients/z.yaml"));
    write("countersign.yaml", MAIN + inMain("b"));
    write("clients/b.yaml", client("main"));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactlyInAnyOrder("b", "main", "a");
    assertThat(next.problems()).isEmpty();
  }

  @Test
  @Requirement("SP-6.7")
  void refusesAPersonsSubjectWhileRunningToo() throws Exception {
    ClientFiles files = files("a");
    write("clients/a.yaml", client("u-anna"));
    write("countersign.yaml", MAIN + inMain("u-anna"));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a");
    assertThat(problems(next)).hasSize(2).allMatch(problem -> problem.contains("SP-6.7"));
  }

  @Test
  void refusesTheIdOfAResourceServerWhileRunningToo() throws Exception {
    String api =
        "resource_servers: [{client_id: api, jwks: %s, resources: [https://api.example.com]}]\n"
            .formatted(KEY);
    write("countersign.yaml", MAIN.replace("clients:\n", api + "clients:\n") + inMain("main"));
    ClientFiles files = files("a");
    write("clients/a.yaml", client("api"));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a");
    assertThat(problems(next))
        .containsExactly("clients/a.yaml:1: client_id: belongs to a resource server already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"id_token_signed_response_alg: ", "authorization_signed_response_alg: "})
  @Requirement({"JARM-7"})
  void refusesAnAlgorithmThatItHasNoKeyForYet(String line) throws Exception {
    write("clients/a.yaml", client("a") + line + "EdDSA\n");
    ClientFiles files = files();
    write("clients/b.yaml", client("b") + line + "EdDSA\n");
    write("clients/c.yaml", client("c") + line + "ES256\n");
    write("clients/d.yaml", client("d") + line + "PS256\n");
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a", "b", "c");
    assertThat(problems(next)).singleElement().asString().contains("at the next start");
  }

  @Test
  @Timeout(30)
  void waitsForNoPipe() throws Exception {
    ClientFiles files = files("a");
    Path pipe = folder.resolve("clients/b.yaml");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    Files.createSymbolicLink(folder.resolve("clients/c.yaml"), folder.resolve("nowhere"));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a");
    assertThat(problems(next))
        .containsExactly("clients/c.yaml: cannot be read: no permission, or it is gone");
  }

  @Test
  void refusesAFileThatIsTooLarge() throws Exception {
    ClientFiles files = files("a");
    write("clients/b.yaml", client("b") + "#".repeat(16 * 1024 * 1024));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a");
    assertThat(problems(next)).singleElement().asString().startsWith("clients/b.yaml: cannot be");
    write("clients/b.yaml", client("b"));
    assertThat(ids(next.reread())).containsExactly("main", "a", "b");
  }

  @Test
  void keepsAllWhileTheFolderCannotBeListed() throws Exception {
    ClientFiles files = files("a");
    Files.move(folder.resolve("clients"), folder.resolve("elsewhere"));
    ClientFiles next = files.reread();
    assertThat(ids(next)).containsExactly("main", "a");
    assertThat(problems(next)).containsExactly("clients: clients_dir: cannot be listed");
    assertThat(next.reread()).isSameAs(next);
    Files.move(folder.resolve("elsewhere"), folder.resolve("clients"));
    assertThat(next.reread().problems()).isEmpty();
  }

  @Test
  void everyKeyOfFetchingHasItsEffect() throws Exception {
    assertThat(read().registration().reload()).contains(Duration.ofSeconds(10));
    assertThat(read().registration().keys()).isEqualTo(KeyFetchConfig.STANDARD);
    TestTls.LOCALHOST.write(folder);
    write(
        "countersign.yaml",
        MAIN
            + "client_keys: {fresh_for: 1h, min_refetch: 10s, max_stale: 2h, timeout: 3s,"
            + " allow_private_addresses: true, trusted_ca: server.pem}\nclients_reload: none\n");
    ClientsConfig config = read().registration();
    assertThat(config.reload()).isEmpty();
    assertThat(config.keys().freshness())
        .isEqualTo(new Freshness(Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofHours(2)));
    assertThat(config.keys().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.keys().allowPrivateAddresses()).isTrue();
    assertThat(config.keys().authorities()).containsExactly(TestTls.LOCALHOST.certificate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fresh_for: 25h                    | at most 1d",
        "min_refetch: 2h                   | at most 1h",
        "max_stale: 8d                     | at most 7d",
        "max_stale: 9m                     | must be at least fresh_for",
        "timeout: 31s                      | at most 30s",
        "allow_private_addresses: maybe    | must be true or false",
        "trusted_ca: none.pem              | no readable file",
        "trusted_ca: countersign.yaml      | no certificate"
      })
  void refusesAnyOther(String line, String fault) throws Exception {
    write("countersign.yaml", MAIN + "client_keys: {" + line + "}\n");
    assertThat(problemsAtStart()).singleElement().asString().contains(fault);
  }

  @Test
  void clientsFromElsewhereNeverChange() {
    ClientFiles none = ClientFiles.none();
    assertThat(none.reread()).isSameAs(none);
    assertThat(Stream.of(none.clients(), none.problems())).allMatch(List::isEmpty);
  }
}
