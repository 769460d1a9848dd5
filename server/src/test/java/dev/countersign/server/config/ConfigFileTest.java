package dev.countersign.server.config;

import static dev.countersign.server.config.ConfigSamples.ALL;
import static dev.countersign.server.config.ConfigSamples.HASH;
import static dev.countersign.server.config.ConfigSamples.KEY;
import static dev.countersign.server.config.ConfigSamples.LEAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.countersign.edge.AddressRange;
import dev.countersign.edge.TrustedProxies;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.oauth.GrantType;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.requirement.Requirement;
import dev.countersign.server.client.ClientAuthentication;
import dev.countersign.server.client.ClientKeys;
import dev.countersign.server.client.RegisteredClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {
  @TempDir Path folder;
  private ConfigFolder files;

  @BeforeEach
  void write() throws IOException {
    files = ConfigFolder.in(folder);
  }

  @Test
  void theLeastThatMustBeSaidHasTheseDefaults() throws ConfigException {
    Config config = files.read(LEAST);
    assertThat(config.issuer().value()).isEqualTo("https://auth.example.com");
    assertThat(config.listen()).isEqualTo(new ListenAddress("127.0.0.1", 8443));
    assertThat(config.tls())
        .isEqualTo(new TlsFiles(folder.resolve("server.pem"), folder.resolve("server-key.pem")));
    assertThat(config.store()).isEqualTo(folder.resolve("countersign.db"));
    assertThat(config.scopes().stream().map(ScopeConfig::name))
        .containsExactly("openid", "offline_access");
    assertThat(config.lifetimes())
        .isEqualTo(
            new Lifetimes(
                Duration.ofMinutes(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(90),
                Duration.ofMinutes(15),
                Duration.ofHours(8),
                Duration.ofDays(90),
                Optional.empty(),
                Duration.ofMinutes(5)));
    assertThat(config.login()).isEqualTo(LoginConfig.usual());
    assertThat(config.dpop()).isEqualTo(new DpopConfig(true, false));
    assertThat(config.revocationFeed()).isEqualTo(RevocationFeedConfig.STANDARD);
    assertThat(config.signingAlgorithm()).isEqualTo(SignatureAlgorithm.ES256);
    assertThat(config.clients()).isEmpty();
    assertThat(config.users()).isEmpty();
  }

  @Test
  void asksForExactlyTheKeysThatAreDescribed() throws ConfigException {
    Findings findings = new Findings("countersign.yaml");
    assertThat(ConfigFile.read(findings, ConfigFile.compose("x", ALL), new ConfigReader(folder)))
        .isNotNull();
    assertThat(findings.keys()).isEqualTo(ConfigKeys.describe().all());
  }

  @Test
  void everyKeyHasItsEffect() throws ConfigException {
    Config config = files.read(ALL);
    assertThat(config.listen()).isEqualTo(new ListenAddress("0.0.0.0", 9443));
    assertThat(config.mtls())
        .contains(
            new MtlsConfig(
                URI.create("https://mtls.auth.example.com:9444"),
                new ListenAddress("0.0.0.0", 9444),
                Optional.of(config.tls())));
    assertThat(config.proxies())
        .isEqualTo(
            new TrustedProxies(
                List.of(AddressRange.parse("10.0.0.0/8"), AddressRange.parse("::1")),
                TrustedProxies.ClientAddressField.FORWARDED,
                true));
    assertThat(config.store()).isEqualTo(folder.resolve("data/state.db"));
    assertThat(config.lifetimes().session()).isEqualTo(Duration.ofDays(1));
    assertThat(config.lifetimes().consent()).isEqualTo(Duration.ofDays(30));
    assertThat(config.login().acr()).contains("urn:example:password");
    assertThat(config.lifetimes().refreshToken()).contains(Duration.ofDays(90));
    assertThat(config.dpop()).isEqualTo(new DpopConfig(false, true));
    assertThat(config.revocationFeed().lifetime()).isEmpty();
    assertThat(config.signingAlgorithm()).isEqualTo(SignatureAlgorithm.PS256);
    RegisteredClient app = config.clients().getFirst();
    assertThat(app.grantTypes())
        .containsExactlyInAnyOrder(GrantType.AUTHORIZATION_CODE, GrantType.REFRESH_TOKEN);
    assertThat(app.defaultResource().value()).isEqualTo("https://api.example.com");
    assertThat(app.idTokenAlgorithm()).contains(SignatureAlgorithm.EDDSA);
    assertThat(app.redirectUris()).hasSize(2);
    RegisteredClient api = config.resourceServers().getFirst();
    assertThat(api.resources()).containsExactly(new ResourceIndicator("https://api.example.com"));
    assertThat(api.grantTypes()).isEmpty();
    assertThat(api.authentication())
        .isEqualTo(new ClientAuthentication.PrivateKeyJwt(Optional.of(SignatureAlgorithm.PS256)));
    RegisteredClient machine = config.clients().getLast();
    assertThat(machine.resources())
        .containsExactly(new ResourceIndicator("https://api.example.com"));
    assertThat(((ClientKeys.Fixed) machine.keys()).jwks().keys()).hasSize(1);
    assertThat(config.users().getFirst().claims().toJson())
        .isEqualTo(
            "{\"name\":\"Anna\",\"address\":{\"country\":\"CH\"},\"age\":30,\"member\":true,"
                + "\"tags\":[\"a\",\"b\"]}");
  }

  @Test
  void aPasswordHashIsNeverShown() throws ConfigException {
    assertThat(files.read(ALL).toString()).doesNotContain("argon2id").doesNotContain("c2Fsd");
  }

  @Test
  void reportsAllProblemsAtOnceWithFileLineKeyAndExample() {
    List<ConfigProblem> problems =
        files.problems(
            """
            issuer: http://auth.example.com
            tls: {certificate: server.pem}
            resources: [{indicator: https://api.example.com}]
            lifetimes:
              authorization_code: 90s
            surprise: 1
            """);
    assertThat(problems.stream().map(ConfigProblem::toString))
        .containsExactly(
            """
            countersign.yaml:1: issuer: must be an https URL without query or fragment
                for example: issuer: https://auth.example.com\
            """,
            """
            countersign.yaml:2: tls.key: is missing
                for example: key: server-key.pem\
            """,
            """
            countersign.yaml:5: lifetimes.authorization_code: must be at most 60s (SP-5.3.2.1-11)
                for example: authorization_code: 60s\
            """,
            "countersign.yaml:6: surprise: is not a key; there are: issuer, listen, tls, mtls,"
                + " trusted_proxies, store, log, management, grant_management, scopes, resources,"
                + " authorization_details_types, lifetimes, login, dpop, revocation_feed,"
                + " signing_alg, client_certificate_authorities, clients, clients_dir,"
                + " clients_reload, client_keys, dynamic_registration, users, resource_servers,"
                + " pages");
  }

  @Test
  void theMessageIsReadyForTheTerminal() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class, () -> files.read(LEAST + "surprise: 1\nmore: 2\n"));
    assertThat(e.getMessage())
        .startsWith("The configuration has 2 problems.\ncountersign.yaml:7: surprise: ")
        .contains("\ncountersign.yaml:8: more: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "authorization_code: 61s | at most 60s (SP-5.3.2.1-11)",
        "authorization_code: 2m  | at most 60s (SP-5.3.2.1-11)",
        "request_uri: 600s       | at most 599s (SP-5.3.2.2-12)",
        "request_uri: 10m        | at most 599s (SP-5.3.2.2-12)",
        "access_token: 2h        | at most 1h (our choice",
        "interaction: 2h         | at most 1h (our choice",
        "session: 31d            | at most 30d (our choice",
        "dpop_nonce: 2h          | at most 1h (our choice",
        "access_token: 0s        | a number and a unit",
        "access_token: 5         | put quotes around it",
        "access_token: -5m       | a number and a unit",
        "access_token: five      | a number and a unit",
        "access_token: none      | a number and a unit",
        "access_token: [5m]      | must be text"
      })
  @Requirement({"SP-5.3.2.1-11", "SP-5.3.2.2-12"})
  void refusesALifetimeThatIsTooLongOrNone(String line, String fault) {
    ConfigProblem problem = files.problem(LEAST + "lifetimes:\n  " + line.strip() + "\n");
    assertThat(problem.fault()).contains(fault.strip());
    assertThat(problem.line()).isEqualTo(8);
    assertThat(problem.example()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_code: 60s",
        "request_uri: 599s",
        "access_token: 1h",
        "refresh_token: none"
      })
  @Requirement({"SP-5.3.2.1-11", "SP-5.3.2.2-12"})
  void takesALifetimeAtItsBound(String line) throws ConfigException {
    assertThat(files.read(LEAST + "lifetimes:\n  " + line + "\n")).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "HS256", "none", "ES384", "es256"})
  @Requirement({"SP-5.4.1-1.2", "SP-5.4.1-1.3"})
  void refusesAnotherAlgorithm(String algorithm) {
    assertThat(files.problem(LEAST + "signing_alg: " + algorithm + "\n").fault())
        .contains("SP-5.4.1-1.2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client_id: app        | client_id: ''                          | must not be empty",
        "name: The App         | name:                                  | is missing",
        "grant_types: [authorization_code, refresh_token] | grant_types: [password] | must be one"
            + " of",
        "grant_types: [authorization_code, refresh_token] | grant_types: []  | must not be an"
            + " empty",
        "grant_types: [authorization_code, refresh_token] | grant_types: [refresh_token] | needs"
            + " auth",
        "scope: openid profile accounts | scope: openid admin           | not described",
        "scope: openid profile accounts | scope: 7                      | put quotes around it",
        "default_resource: https://api.example.com | default_resource: https://x.example | is none"
            + " of",
        "resources: [https://other.example.com, https://api.example.com] | resources:"
            + " [https://other.example.com] | ",
        "dpop_bound_access_tokens: true | dpop_bound_access_tokens: false | SP-5.3.2.1-4",
        "dpop_bound_access_tokens: true | dpop_bound_access_tokens: maybe | true or false",
        "dpop_bound_access_tokens: true | token_endpoint_auth_method: none | SP-5.3.2.1-6",
        "required: true         | required: maybe                       | true or false",
        "issuer: The Directory  | issuer: https://register.example.org  | stands here twice",
        "issuer: The Directory  | issuer: ''                            | must not be empty",
        "jwks_uri: https://directory.example.org/jwks | # none | issuers[0].jwks_uri: is missing",
        "jwks_uri: https://directory.example.org/jwks | jwks_uri: http://directory.example.org |"
            + " SP-5.4.2-1",
        "max_age: 1h            | max_age: 3651d                        | at most 3650d",
        "max_age: 1h            | jwks: {keys: []}                      | SP-5.3.2.1-3",
        "9f86d081884c | 9F86d081884c | never the token itself",
        "max_clients: 20       | max_clients: 0                         | 1 to 100000",
        "unused_for: 7d         | unused_for: 3651d                     | at most 3650d",
        "unused_for: 7d         | unused_for: 0s                        | a number and a unit",
        "scope: openid accounts | scope: openid admin                   | not described",
        "token_endpoint_auth_methods: [private_key_jwt] | token_endpoint_auth_methods: [none] |"
            + " SP-5.3.2.1-6",
        "client_id: api        | client_id: app                         | another party already",
        "resources: [https://api.example.com] | resources: [https://x.example] | does not list",
        "resources: [https://api.example.com] | resources: []          | must not be an empty list",
        "sub: u-1              | sub: app                               | SP-6.7",
        "port: 9443            | port: 65536                            | port number",
        "port: 9443            | port: https                            | port number",
        "client_id: machine    | client_id: app                         | another client already",
        "- name: profile       | - name: accounts                       | already",
        "indicator: https://other.example.com | indicator: /other       | RFC 8707",
        "scopes: accounts      | scopes: acounts                        | not described"
      })
  @Requirement({"SP-5.3.2.1-3", "SP-5.3.2.1-4"})
  void refusesAWrongValue(String right, String wrong, String fault) {
    assertThat(ALL).contains(right.strip());
    String yaml = ALL.replaceFirst(java.util.regex.Pattern.quote(right.strip()), wrong.strip());
    List<ConfigProblem> problems = files.problems(yaml);
    assertThat(problems.stream().map(ConfigProblem::toString))
        .anyMatch(text -> fault == null || text.contains(fault.strip()));
    assertThat(problems).allMatch(problem -> problem.line() > 0);
  }

  @Test
  @Requirement({"SP-5.4.1-2", "SP-5.3.2.1-3"})
  void refusesAClientWithoutUsableKey() {
    assertThat(files.problem(ALL.replace("{keys: [" + KEY + "]}", "{keys: []}")).fault())
        .contains("SP-5.3.2.1-3");
    assertThat(
            files
                .problem(ALL.replace("jwks_file: machine.json", "jwks_file: nothing.json"))
                .fault())
        .contains("no readable file");
    assertThat(files.problem(ALL.replace("jwks_file: machine.json", "# none")).key())
        .isEqualTo("clients[1].jwks");
  }

  @Test
  void refusesAPrivateKeyAndDoesNotRepeatIt() {
    String secret = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () -> files.read(ALL.replace("kid: k1,", "kid: k1, d: " + secret + ",")));
    assertThat(e.getMessage()).contains("clients[0].jwks").doesNotContain(secret);
  }

  @Test
  void refusesAPasswordThatIsNoHashAndDoesNotRepeatIt() {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> files.read(ALL.replace(HASH, "hunter2")));
    assertThat(e.getMessage()).contains("argon2id").doesNotContain("hunter2");
  }

  /** A client that names none has none to fall back to. */
  @Test
  void saysWhatIsWrongWhereTheOnlyResourceIs() {
    String client =
        """
        scopes: [{name: accounts, description: See your accounts}]
        clients:
          - client_id: machine
            name: The Machine
            jwks: {keys: [%s]}
            grant_types: [client_credentials]
            scope: accounts
        """
            .formatted(KEY);
    assertThat(files.problems(LEAST.replace("https://api", "(ttps://api") + client))
        .extracting(ConfigProblem::key)
        .containsExactly("resources[0].indicator");
  }

  @Test
  void readsAFileAndSaysWhenItCannot() throws IOException, ConfigException {
    Path file = folder.resolve("my.yaml");
    ConfigException missing =
        catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file));
    assertThat(missing.getMessage()).contains("my.yaml: cannot be read");
    Files.writeString(file, LEAST);
    assertThat(ConfigFile.read(file).store()).isEqualTo(folder.resolve("countersign.db"));
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 1});
    ConfigException broken =
        catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file));
    assertThat(broken.getMessage()).contains("not UTF-8");
  }
}
