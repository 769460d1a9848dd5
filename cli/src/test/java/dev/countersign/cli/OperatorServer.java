package dev.countersign.cli;

import dev.countersign.protocol.authorization.AuthorizationRequest;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Jti;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.Scope;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.protocol.pkce.CodeChallenge;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.NewAccessToken;
import dev.countersign.store.NewConsent;
import dev.countersign.store.NewRefreshToken;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Registration;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import dev.countersign.testkit.TestTls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A serving process with grants in its store, and an operator's client of it. */
final class OperatorServer implements AutoCloseable {
  /** When all grants here were given. */
  static final Instant GIVEN = Instant.parse("2026-03-01T12:00:00Z");

  private final Path folder;
  private final int port;
  private final Serving serving;

  private OperatorServer(Path folder, int port, Serving serving) {
    this.folder = folder;
    this.port = port;
    this.serving = serving;
  }

  /** What is in the store before it starts. */
  @FunctionalInterface
  interface Seed {
    void in(Store store);
  }

  static OperatorServer start(Path folder, Seed seed) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    TestTls.forHost("localhost", "127.0.0.1").write(folder);
    for (String name : List.of("operator", "app", "stranger")) {
      SigningKey key = Jose.jdk().generate(SignatureAlgorithm.ES256, new SecureRandom());
      Files.writeString(folder.resolve(name + ".json"), key.toPrivateJwk().toJson());
      Files.writeString(
          folder.resolve(name + "-public.json"),
          JwkSet.of(List.of(key.publicJwk())).toJson().toJson());
    }
    Path config = folder.resolve("countersign.yaml");
    Files.writeString(config, yaml(port));
    try (Store store = SqliteStore.open(folder.resolve("state.db"))) {
      seed.in(store);
    }
    Serving serving = Serving.start(config, ConfigFile.read(config), Jose.jdk());
    return new OperatorServer(folder, port, serving);
  }

  private static String yaml(int port) {
    return """
    issuer: https://localhost:%1$d
    listen: {host: 127.0.0.1, port: %1$d}
    tls: {certificate: server.pem, key: server-key.pem}
    store: {path: state.db}
    scopes:
      - {name: accounts, description: See your accounts}
    resources:
      - {indicator: 'https://api.example.com', scopes: accounts}
    dynamic_registration: {enabled: true, open: true, unused_for: none}
    clients:
      - client_id: operator
        name: Operations
        jwks_file: operator-public.json
        grant_types: [client_credentials]
        scope: countersign_operator
      - client_id: app
        name: The App
        jwks_file: app-public.json
        grant_types: [client_credentials]
        scope: accounts
    users:
      - username: anna
        sub: u-anna
        password: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g'
    """
        .formatted(port);
  }

  /** A command of the operator. */
  Ran run(String... command) {
    return runAs("operator", "operator", command);
  }

  /** A command of a client with one of the keys. */
  Ran runAs(String client, String key, String... command) {
    List<String> words = new ArrayList<>(Arrays.asList(command));
    words.addAll(
        List.of(
            "--issuer",
            "https://localhost:" + port,
            "--client-id",
            client,
            "--key",
            folder.resolve(key + ".json").toString(),
            "--ca",
            folder.resolve("server.pem").toString()));
    return Ran.command(words.toArray(String[]::new));
  }

  /** Grants of so many people; at once, so that they share what they wait for. */
  static void grants(Store store, int count, String client) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        String person = "u-" + i;
        threads.execute(() -> grant(store, person, client));
      }
    }
  }

  /** A grant of this person to this client, without an end; its id. */
  static GrantId grant(Store store, String person, String client) {
    SecureRandom random = new SecureRandom();
    AuthorizationRequest request =
        AuthorizationRequest.builder(
                new ClientId(client),
                new RedirectUri("https://client.example/callback"),
                new CodeChallenge("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
            .build();
    PushedRequest pushed = new PushedRequest(digest(random), request, false, GIVEN.plusSeconds(60));
    Grant grant =
        new Grant(
            GrantId.random(random),
            request.clientId(),
            new Login(new Subject(person), GIVEN, Optional.empty()),
            Scope.of("accounts"),
            List.of(new ResourceIndicator("https://api.example.com")),
            GIVEN);
    IssuedCode code = new IssuedCode(digest(random), request, grant, true, GIVEN.plusSeconds(60));
    SecretDigest interaction = digest(random);
    store.pushRequest(pushed, Set.of(), GIVEN);
    store.openInteraction(
        pushed.requestUri(), interaction, digest(random), GIVEN.plusSeconds(60), GIVEN);
    store.issueCode(interaction, code, new NewConsent(Consent.NONE, GIVEN), GIVEN);
    store.redeemCode(
        code.code(),
        request.clientId(),
        new NewAccessToken(Jti.random(random), GIVEN.plusSeconds(300)),
        Optional.of(new NewRefreshToken(digest(random), Optional.empty())),
        Set.of(),
        GIVEN);
    return grant.id();
  }

  /** A client that registered itself. */
  static void register(Store store, String client) {
    JsonObject metadata = JsonObject.builder().put("client_name", "Its own").build();
    store.register(
        new Registration(new ClientId(client), digest(new SecureRandom()), metadata, GIVEN, true),
        100);
  }

  private static SecretDigest digest(SecureRandom random) {
    return SecretDigest.of(Jti.random(random).value());
  }

  @Override
  public void close() {
    serving.close();
  }
}
