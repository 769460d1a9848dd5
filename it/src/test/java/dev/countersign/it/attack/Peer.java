package dev.countersign.it.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestClient;
import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.it.journey.NodeProject;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.testkit.TestTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code oidc-provider} of npm on this machine, set up for FAPI 2.0, until it is closed. */
final class Peer implements AutoCloseable {
  private static final Path SOURCES = Path.of("src", "test", "node-peer");
  private static final Path INSTALLED = Path.of("target", "node-peer");

  /** The server's own pages for development take any password. */
  private static final List<String> BUTTONS = List.of("Sign-in", "Continue");

  private final Process process;
  private final Target target;

  private Peer(Process process, Target target) {
    this.process = process;
    this.target = target;
  }

  /** Where its libraries are put, or the test is skipped. */
  static void install() throws IOException {
    NodeProject.install(SOURCES, INSTALLED);
  }

  /** Its version, as the lock file has it. */
  static String version() throws IOException {
    String installed =
        Files.readString(INSTALLED.resolve("node_modules/oidc-provider/package.json"));
    return installed.replaceAll("(?s).*\"version\"\\s*:\\s*\"([^\"]+)\".*", "$1");
  }

  /**
   * Starts it.
   *
   * @param folder for its settings, which have keys in them
   */
  static Peer start(Path folder) throws IOException {
    int port = freePort();
    String issuer = "https://localhost:" + port;
    TestTls tls = TestTls.forHost("localhost");
    SecureRandom random = new SecureRandom();
    Map<String, SigningKey> clients = Map.of("first", key(random), "second", key(random));
    JsonObject settings =
        JsonObject.builder()
            .put("issuer", issuer)
            .put("port", port)
            .put("key", key(random).toPrivateJwk())
            .put("certificate", pem(tls))
            .put("certificateKey", TestTls.pem("PRIVATE KEY", tls.key().getEncoded()))
            .put("clients", clients.entrySet().stream().map(Peer::registered).toList())
            .build();
    Path file = Files.writeString(folder.resolve("settings.json"), settings.toJson());
    Path errors = folder.resolve("errors.txt");
    Process process =
        new ProcessBuilder("node", "peer.mjs", file.toAbsolutePath().toString())
            .directory(INSTALLED.toFile())
            .redirectError(errors.toFile())
            .start();
    BufferedReader says = process.inputReader(UTF_8);
    if (!"listening".equals(says.readLine())) {
      process.destroyForcibly();
      throw new AssertionError("the peer did not start: " + Files.readString(errors));
    }
    return new Peer(process, target(issuer, tls, clients));
  }

  private static Target target(String issuer, TestTls tls, Map<String, SigningKey> clients) {
    URI place = URI.create(issuer);
    return new Target(
        new Issuer(issuer),
        new Bounds(Set.of(place.getRawAuthority()), 500, 100_000, Duration.ofSeconds(10), false),
        List.of(tls.certificate()),
        List.of(client("first", clients), client("second", clients)),
        List.of(user("alice"), user("mallory")),
        List.of(
            new TestResource(
                place.resolve("/me"),
                Optional.empty(),
                "openid",
                Optional.empty(),
                false,
                Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static TestClient client(String id, Map<String, SigningKey> keys) {
    return new TestClient(
        new ClientId(id),
        TestClient.Authentication.PRIVATE_KEY_JWT,
        Optional.ofNullable(keys.get(id)),
        Optional.empty(),
        false,
        new RedirectUri(redirectUri(id)),
        "openid",
        List.of(),
        Optional.empty(),
        false,
        false,
        true);
  }

  private static TestUser user(String name) {
    return new TestUser(name, Map.of("login", name, "password", "any"), BUTTONS);
  }

  private static JsonObject registered(Map.Entry<String, SigningKey> client) {
    return JsonObject.builder()
        .put("client_id", client.getKey())
        .put("redirect_uri", redirectUri(client.getKey()))
        .put("jwks", JwkSet.of(List.of(client.getValue().publicJwk())).toJson())
        .build();
  }

  private static String redirectUri(String client) {
    return "https://" + client + ".example/callback";
  }

  private static SigningKey key(SecureRandom random) {
    return Jose.jdk().generate(SignatureAlgorithm.ES256, random);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String pem(TestTls tls) {
    try {
      return TestTls.pem("CERTIFICATE", tls.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
  }

  Target target() {
    return target;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
