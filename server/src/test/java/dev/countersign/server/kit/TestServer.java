package dev.countersign.server.kit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.oauth.AuthorizationCode;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.GrantId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RequestUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.protocol.oauth.SecretDigest;
import dev.countersign.protocol.oauth.Subject;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.server.metrics.ServerMetrics;
import dev.countersign.store.AllowedClaims;
import dev.countersign.store.Consent;
import dev.countersign.store.Grant;
import dev.countersign.store.Interactions.Decision;
import dev.countersign.store.IssuedCode;
import dev.countersign.store.Login;
import dev.countersign.store.NewConsent;
import dev.countersign.store.PushedRequest;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import dev.countersign.testkit.CapturedLog;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A whole authorization server on real HTTPS with the embedded store, three clients and one user.
 * Its issuer has a path and another host than the one it listens on, so that nothing can lean on
 * where a request came in.
 */
public final class TestServer implements AutoCloseable {
  /** Its issuer. */
  public static final Issuer ISSUER = new Issuer("https://as.example.com/tenant");

  /** The default audience, with the scopes accounts and payments. */
  public static final String API = "https://api.example.com";

  /** Another audience, with the scope reports. */
  public static final String REPORTS = "https://reports.example.com/v1";

  /** Its user. */
  public static final Subject ANNA = new Subject("u-anna");

  private static final String REQUESTS = "dev.countersign.server.request";

  private final SecureRandom random = new SecureRandom();
  private final Jose jose = Jose.jdk();
  private final TestClock clock = new TestClock();
  private final CapturedLog log = CapturedLog.aside(REQUESTS, Level.INFO);
  private final TestTls tls = TestTls.LOCALHOST;
  private final Path folder;
  private final TestClient app = new TestClient(this, "app");
  private final TestClient other = new TestClient(this, "other-app");
  private final TestClient machine = new TestClient(this, "machine");
  private final TestClient api = new TestClient(this, "api");
  private final TestClient reports = new TestClient(this, "reports");
  private final Config config;
  private final Store store;
  private final AuthorizationServer server;
  private final HttpClient http;

  /** Starts it in an empty folder. */
  public TestServer(Path folder) {
    this(folder, yaml -> yaml);
  }

  /** Starts it in an empty folder with a changed configuration. */
  public TestServer(Path folder, UnaryOperator<String> change) {
    this(folder, change, store -> store);
  }

  /** Starts it with a changed configuration and something before its store. */
  public TestServer(Path folder, UnaryOperator<String> change, UnaryOperator<Store> before) {
    this(folder, change, before, ServerMetrics.nowhere());
  }

  /** Starts it in an empty folder and measures it. */
  public TestServer(Path folder, ServerMetrics metrics) {
    this(folder, yaml -> yaml, store -> store, metrics);
  }

  /** Starts it with a changed configuration and measures it. */
  public TestServer(Path folder, UnaryOperator<String> change, ServerMetrics metrics) {
    this(folder, change, store -> store, metrics);
  }

  /** Starts it with a changed configuration, something before its store, and measures it. */
  public TestServer(
      Path folder,
      UnaryOperator<String> change,
      UnaryOperator<Store> before,
      ServerMetrics metrics) {
    tls.write(folder);
    this.folder = folder;
    try {
      Files.writeString(file("countersign.yaml"), change.apply(yaml()));
      this.config = ConfigFile.read(file("countersign.yaml"));
      this.store = before.apply(SqliteStore.open(config.store()));
      this.server = AuthorizationServer.start(config, store, jose, clock, random, metrics);
    } catch (IOException | ConfigException | InvalidTlsIdentityException e) {
      throw new AssertionError(e.getMessage(), e);
    }
    this.http = HttpClient.newBuilder().sslContext(tls.trust()).build();
  }

  private String yaml() {
    return """
    issuer: %s
    listen: {host: 127.0.0.1, port: 0}
    tls: {certificate: server.pem, key: server-key.pem}
    store: {path: test.db}
    dpop: {nonces: true, userinfo_nonces: false}
    login: {failures_per_account: 100, failures_per_address: none}
    clients_reload: none
    scopes:
      - {name: accounts, description: See your accounts}
      - {name: payments, description: Pay from your accounts}
      - {name: reports, description: Read reports}
      - {name: profile, description: Know your name, claims: [name, birthdate]}
      - {name: email, description: Know your address, claims: [email]}
    resources:
      - {indicator: '%s', scopes: accounts payments}
      - {indicator: '%s', scopes: reports}
    authorization_details_types:
      [payment_initiation, account_information, health_record_access, document_signing]
    clients:
      - client_id: app
        name: The App
        jwks: %s
        redirect_uris: ['https://app.example.com/callback', 'http://127.0.0.1/callback']
        grant_types: [authorization_code, refresh_token, client_credentials]
        scope: openid profile email offline_access accounts payments reports
        resources: ['%s', '%s']
        authorization_details_types:
          [payment_initiation, account_information, health_record_access, document_signing]
      - client_id: other-app
        name: The Other App
        jwks: %s
        redirect_uris: ['https://other.example.com/callback']
        grant_types: [authorization_code]
        scope: openid accounts
        authorization_details_types: [account_information]
      - client_id: machine
        name: The Machine
        jwks: %s
        grant_types: [client_credentials]
        authorization_details_types: [account_information]
        scope: accounts
    resource_servers:
      - client_id: api
        resources: ['%s']
        jwks: %s
      - client_id: reports
        resources: ['%s']
        jwks: %s
    users:
      - username: anna
        sub: u-anna
        password: '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g'
        claims: {name: Anna Example, email: anna@example.com, shoe_size: 38}
    """
        .formatted(
            ISSUER,
            API,
            REPORTS,
            app.jwks(),
            API,
            REPORTS,
            other.jwks(),
            machine.jwks(),
            API,
            api.jwks(),
            REPORTS,
            reports.jwks());
  }

  /** The client that may do everything. */
  public TestClient app() {
    return app;
  }

  /** A client with the code grant alone, and less scope. */
  public TestClient other() {
    return other;
  }

  /** A client with client credentials alone. */
  public TestClient machine() {
    return machine;
  }

  /** The resource server of {@link #API}. */
  public TestClient api() {
    return api;
  }

  /** The resource server of {@link #REPORTS}. */
  public TestClient reports() {
    return reports;
  }

  /** The time. */
  public Instant now() {
    return clock.instant();
  }

  /** Time passes. */
  public void pass(Duration duration) {
    clock.advance(duration);
  }

  /** A file beside its configuration, {@code countersign.yaml}. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Has it look at the files of its clients. */
  public void reloadClients() {
    server.reloadClients();
  }

  /** Has it remove what is over. */
  public void sweep() {
    server.sweep();
  }

  /** What it remembers. */
  public Store store() {
    return store;
  }

  /** What it was told. */
  public Config config() {
    return config;
  }

  /** The crypto of everybody here. */
  public Jose jose() {
    return jose;
  }

  /** Randomness of everybody here. */
  public SecureRandom random() {
    return random;
  }

  /** Trust in its certificate. */
  public TestTls tls() {
    return tls;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** The port of the listener that asks for certificates, where the configuration has one. */
  public int mtlsPort() {
    return server.mtlsPort().orElseThrow();
  }

  /** The public URL of a path below the issuer. */
  public URI url(String path) {
    return URI.create(ISSUER.value() + path);
  }

  /** Where {@code url} is in truth. */
  public URI local(URI url) {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create("https://localhost:" + port() + url.getRawPath() + query);
  }

  /** Sends any request to a public URL. */
  public Reply send(String method, URI url, List<Map.Entry<String, String>> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(local(url))
            .timeout(Duration.ofSeconds(20))
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(header -> request.header(header.getKey(), header.getValue()));
    try {
      return new Reply(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Gets a public URL. */
  public Reply get(URI url) {
    return send("GET", url, List.of(), new byte[0]);
  }

  /** A nonce for proofs at PAR and token. */
  public String nonce() {
    return send("POST", url("/token"), List.of(), new byte[0]).header("DPoP-Nonce").orElseThrow();
  }

  /** All request log lines so far, each with its fields. */
  public List<ILoggingEvent> log() {
    return log.events();
  }

  /** A field of the last request's log line. */
  public Optional<String> logged(String field) {
    return log.lastField(field);
  }

  /**
   * The person says yes to a pushed request, without a browser, and it is not remembered; the code
   * that comes of it.
   */
  public AuthorizationCode approve(String requestUri) {
    SecretDigest pushed = new RequestUri(requestUri).digest();
    PushedRequest request = store.findRequest(pushed, now()).orElseThrow();
    AuthorizationCode code = AuthorizationCode.random(random);
    SecretDigest interaction = SecretDigest.of(code.reveal() + "interaction");
    store.openInteraction(
        pushed, interaction, SecretDigest.of("browser"), now().plusSeconds(900), now());
    List<ResourceIndicator> resources = request.request().resources();
    Grant grant =
        new Grant(
            GrantId.random(random),
            request.request().clientId(),
            new Login(ANNA, now().minusSeconds(30), Optional.empty()),
            request.request().scope(),
            resources.isEmpty() ? List.of(new ResourceIndicator(API)) : resources,
            AllowedClaims.NONE,
            request.request().authorizationDetails(),
            now());
    IssuedCode issued =
        new IssuedCode(code.digest(), request.request(), grant, true, now().plusSeconds(60));
    if (!(store.issueCode(interaction, issued, new NewConsent(Consent.NONE, now()), now())
        instanceof Decision.Taken)) {
      throw new AssertionError("the request was decided before");
    }
    return code;
  }

  /** A client that nobody registered. */
  public TestClient stranger() {
    return new TestClient(this, "stranger");
  }

  /** A client that says it is {@code id}, with a key of its own. */
  public TestClient impostor(ClientId id) {
    return new TestClient(this, id.value());
  }

  @Override
  public void close() {
    log.close();
    http.close();
    server.close();
    store.close();
  }
}
