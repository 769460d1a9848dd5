package dev.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.password4j.Argon2Function;
import com.password4j.Password;
import dev.countersign.cli.init.NewFile;
import dev.countersign.cli.init.NewFolder;
import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.server.client.RegisteredClient;
import dev.countersign.server.config.Absence;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.server.config.ConfigKey;
import dev.countersign.server.config.ConfigKeys;
import dev.countersign.server.config.UserConfig;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTest {
  private static final List<String> FILES =
      List.of(
          "countersign.schema.json",
          "countersign.yaml",
          "first-client.private.jwk.json",
          "server-key.pem",
          "server.pem");

  @TempDir private Path parent;

  private Ran init(String... options) {
    return Ran.command(
        Stream.concat(Stream.of("init", "--folder", folder().toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private Path folder() {
    return parent.resolve("as");
  }

  private Path file(String name) {
    return folder().resolve(name);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private SigningKey clientKey() throws Exception {
    return SigningKey.fromPrivateJwk(
        JsonObject.parse(Files.readAllBytes(file("first-client.private.jwk.json"))));
  }

  private X509Certificate certificate() throws IOException, CertificateException {
    try (InputStream pem = Files.newInputStream(file("server.pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }
  }

  private FapiClient client(Config config, SigningKey key) throws Exception {
    RegisteredClient registered = config.clients().getFirst();
    RedirectUri callback = new RedirectUri("http://127.0.0.1:54321/callback");
    return FapiClient.builder(config.issuer(), registered.id(), key, callback)
        .sslContext(TestTls.trusting(certificate()))
        .build();
  }

  @Test
  void writesWhatCheckFindsRight() {
    Ran init = init();
    assertThat(init.err()).isEmpty();
    assertThat(init.exitCode()).isZero();
    Ran check = Ran.command("check", "--config", file("countersign.yaml").toString());
    assertThat(check.exitCode()).as(check.err()).isZero();
    assertThat(check.out())
        .contains("https://localhost:8443", "first-client (authorization_code, refresh_token)");
    assertThat(check.err().lines()).singleElement().asString().contains("signed by itself");
  }

  @Test
  void writesWhatServeStartsWithAndTheClientIsAuthenticatedBy() throws Exception {
    init("--issuer", "https://localhost:" + freePort());
    Config config = ConfigFile.read(file("countersign.yaml"));
    try (Serving _ = Serving.start(file("countersign.yaml"), config, Jose.jdk())) {
      BrowserSession browser = BrowserSession.random(new SecureRandom());
      FlowRequest request = FlowRequest.of("openid profile accounts");

      FapiClient right = client(config, clientKey());
      String url =
          right.begin(browser.confirmStart(browser.startToken()), request).value().toString();
      assertThat(url)
          .startsWith(config.issuer().value() + "/authorize?")
          .contains("client_id=first-client", "request_uri=");

      SigningKey other = Jose.jdk().generate(SignatureAlgorithm.ES256, new SecureRandom());
      FapiClient wrong = client(config, other);
      assertThatThrownBy(() -> wrong.begin(browser.confirmStart(browser.startToken()), request))
          .isInstanceOf(ClientException.class);
    }
  }

  @Test
  void printsALineThatShowsTheMetadata() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "needs curl");
    Ran init = init("--issuer", "https://auth.example.com:" + freePort() + "/bank");
    assertThat(init.out()).contains("where it listens: 127.0.0.1:");
    String curl =
        init.out().lines().filter(line -> line.contains("curl ")).findFirst().orElseThrow();
    Config config = ConfigFile.read(file("countersign.yaml"));
    try (Serving _ = Serving.start(file("countersign.yaml"), config, Jose.jdk())) {
      ProcessBuilder shell = new ProcessBuilder("sh", "-c", curl.strip() + " --silent");
      shell.environment().put("no_proxy", "*");
      Process process = shell.start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      assertThat(JsonObject.parse(answer).string("issuer")).contains(config.issuer().value());
    }
  }

  @Test
  void printsThePasswordOnceAndKeepsItsHashAlone() throws Exception {
    Ran init = init();
    String said = init.out();
    String password =
        said.substring(said.indexOf("shown once:") + 11).strip().lines().findFirst().orElseThrow();
    assertThat(password).matches("[a-z2-9]{26}");
    UserConfig user = ConfigFile.read(file("countersign.yaml")).users().getFirst();
    String hash = user.password().phc();
    assertThat(Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)))
        .isTrue();
    for (String name : FILES) {
      assertThat(Files.readString(file(name))).doesNotContain(password);
    }
  }

  @Test
  void itsUserHasAValueForEachClaimThatAScopeOpens() throws Exception {
    init();
    Config config = ConfigFile.read(file("countersign.yaml"));
    assertThat(config.users().getFirst().claims().names())
        .containsAll(config.scopes().stream().flatMap(scope -> scope.claims().stream()).toList());
  }

  @Test
  void makesFreshKeysAndPasswordsEachTime() throws Exception {
    Ran first = init();
    SigningKey key = clientKey();
    X509Certificate certificate = certificate();
    for (String name : FILES) {
      Files.delete(file(name));
    }
    Ran second = init();
    assertThat(second.out()).isNotEqualTo(first.out());
    assertThat(clientKey().thumbprint()).isNotEqualTo(key.thumbprint());
    assertThat(certificate().getPublicKey()).isNotEqualTo(certificate.getPublicKey());
  }

  @Test
  void keepsPrivateFilesForTheirOwner() throws IOException {
    assumeTrue(Files.getFileStore(parent).supportsFileAttributeView("posix"), "needs POSIX");
    init();
    TreeMap<String, String> permissions = new TreeMap<>();
    for (String name : FILES) {
      permissions.put(
          name, PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))));
    }
    assertThat(permissions)
        .containsEntry("countersign.yaml", "rw-------")
        .containsEntry("first-client.private.jwk.json", "rw-------")
        .containsEntry("server-key.pem", "rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"countersign.yaml", "server-key.pem", "countersign.db"})
  void overwritesNothingAndWritesNothingElse(String name) throws IOException {
    Files.createDirectory(folder());
    Files.writeString(file(name), "mine");
    Ran init = init();
    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.out()).isEmpty();
    assertThat(init.err().lines()).singleElement().asString().contains(file(name).toString());
    assertThat(Files.readString(file(name))).isEqualTo("mine");
    try (Stream<Path> files = Files.list(folder())) {
      assertThat(files).containsExactly(file(name));
    }
  }

  @Test
  void leavesAloneWhatIsNotItsOwn() throws IOException {
    Files.createDirectory(folder());
    Files.writeString(file("notes.txt"), "mine");
    assertThat(init().exitCode()).isZero();
    assertThat(Files.readString(file("notes.txt"))).isEqualTo("mine");
  }

  @Test
  void takesBackWhatItWroteIfTheLastFileCannotBeWritten() throws IOException {
    Files.createDirectory(folder());
    Files.writeString(file("b"), "mine");
    List<NewFile> files =
        List.of(new NewFile("a", true, "x", ""), new NewFile("b", false, "y", ""));
    assertThatThrownBy(() -> new NewFolder(folder()).write(files))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining(file("b").toString());
    assertThat(file("a")).doesNotExist();
    assertThat(Files.readString(file("b"))).isEqualTo("mine");
  }

  @Test
  void takesBackTheFoldersThatItMade() throws IOException {
    Files.createDirectory(folder());
    Files.writeString(file("z"), "mine");
    List<NewFile> files =
        List.of(
            new NewFile("a", true, "x", "").in("one/two"),
            new NewFile("b", true, "x", "").in("one/three"),
            new NewFile("z", false, "y", "").in(""));
    assertThatThrownBy(() -> new NewFolder(folder()).write(files))
        .isInstanceOf(FileAlreadyExistsException.class);
    try (Stream<Path> left = Files.list(folder())) {
      assertThat(left).containsExactly(file("z"));
    }
    new NewFolder(folder()).write(files.subList(0, 2));
    assertThat(file("one/two/a")).hasContent("x");
    assertThat(file("one/three/b")).hasContent("x");
  }

  @Test
  void writesThroughNoLinkThatStandsInTheWay() throws IOException {
    Files.createDirectory(folder());
    Files.createSymbolicLink(file("a"), parent.resolve("elsewhere"));
    List<NewFile> files = List.of(new NewFile("a", true, "x", ""));
    assertThatThrownBy(() -> new NewFolder(folder()).write(files))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(parent.resolve("elsewhere")).doesNotExist();
    assertThat(file("a")).isSymbolicLink();
  }

  @Test
  void saysThatTheFolderIsNone() throws IOException {
    Files.writeString(folder(), "a file");
    Ran init = init();
    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err().lines()).singleElement().asString().contains(folder().toString());
    Ran below = Ran.command("init", "--folder", file("x").toString());
    assertThat(below.exitCode()).isEqualTo(2);
    assertThat(below.err().lines()).singleElement().asString().contains(": " + folder() + ".");
  }

  @Test
  void refusesAnIssuerThatIsNone() {
    Ran init = init("--issuer", "http://auth.example.com");
    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err()).contains("http://auth.example.com", "https URL");
    assertThat(folder()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://auth.example.com", "https://127.0.0.1:8443", "https://[::1]"})
  void namesTheIssuersHostInTheCertificate(String issuer) throws Exception {
    init("--issuer", issuer);
    assertThat(ConfigFile.read(file("countersign.yaml")).issuer()).isEqualTo(new Issuer(issuer));
    Ran check = Ran.command("check", "--config", file("countersign.yaml").toString());
    assertThat(check.exitCode()).as(check.err()).isZero();
  }

  @Test
  void explainsEveryKeyAndFitsTheSchemaBesideIt() throws IOException {
    init();
    String yaml = Files.readString(file("countersign.yaml"));
    String plain = yaml.replaceAll("\n *#", "").replaceAll("\\s+", " ");
    assertThat(ConfigKeys.describe().all())
        .allSatisfy(
            key -> {
              assertThat(yaml).containsPattern("(?m)^[ #-]*" + key.name() + ":");
              assertThat(plain).contains(key.doc());
            });
    assertThat(yaml).startsWith("# yaml-language-server: $schema=countersign.schema.json\n");
    assertThat(yaml.lines()).allMatch(line -> line.length() <= 120);
    String schema = Files.readString(file("countersign.schema.json"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(yaml, InputFormat.YAML))
        .isEmpty();
  }

  @Test
  void everyDefaultIsRightWhereItStandsCommentedOut() throws Exception {
    init();
    String yaml = Files.readString(file("countersign.yaml"));
    for (ConfigKey key : ConfigKeys.describe().all()) {
      if (key.absence() instanceof Absence.Standard(String standard)) {
        String line = key.name() + ": " + standard + "\n";
        yaml = yaml.replace("#" + line, line);
      }
    }
    assertThat(yaml).contains("\n  session: 8h\n", "\nsigning_alg: ES256\n");
    Config without = ConfigFile.read(file("countersign.yaml"));
    Config with = ConfigFile.parse("countersign.yaml", yaml, folder());
    assertThat(with.lifetimes()).isEqualTo(without.lifetimes());
    assertThat(with.dpop()).isEqualTo(without.dpop());
    assertThat(with.signingAlgorithm()).isEqualTo(without.signingAlgorithm());
  }
}
