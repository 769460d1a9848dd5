package dev.countersign.it.journey;

import dev.countersign.client.BrowserSession;
import dev.countersign.client.ClientException;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FlowRequest;
import dev.countersign.client.Tokens;
import dev.countersign.demo.scene.InProcessStatus;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.it.samples.AskingApi;
import dev.countersign.protocol.accesstoken.VerifiedAccessToken;
import dev.countersign.protocol.http.Form;
import dev.countersign.protocol.introspection.IntrospectionResponse;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.metadata.AuthorizationServerMetadata;
import dev.countersign.protocol.metadata.InvalidMetadataException;
import dev.countersign.protocol.oauth.AccessToken;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.resource.Introspection;
import dev.countersign.resource.OpaqueTokens;
import dev.countersign.resource.TokenStatus;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.server.config.PasswordHash;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Everybody: the authorization server on its store, the bank, two clients and a person. */
final class World implements AutoCloseable {
  /** The person, as she logs in and as clients see her. */
  static final String USERNAME = "anna";

  static final String SUBJECT = "u-anna";

  /** The bank, as it calls itself when it asks the server. */
  static final ClientId BANK = new ClientId("bank");

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Jose jose;
  private final SecureRandom random = new SecureRandom();
  private final Wire wire = new Wire();
  private final TestTls tls = TestTls.forHost("localhost", "127.0.0.1");
  private final Issuer issuer;
  private final URI bankUrl;
  private final HttpClient http;
  private final RawClient app;
  private final RawClient other;
  private final BrowserSession session = BrowserSession.random(random);
  private final String password;
  private final PasswordHash passwordHash;
  private final SigningKey bankKey;
  private final Path folder;
  private final Bank bank;
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
  private Config config;
  private Store store;
  private AuthorizationServer server;

  /** Starts everybody; what is kept goes into the folder. */
  World(Path folder, Jose jose) {
    this.jose = jose;
    this.folder = folder;
    tls.write(folder);
    this.issuer = new Issuer("https://localhost:" + freePort());
    this.bankUrl = URI.create("https://localhost:" + freePort());
    this.http = new OverheardClient(StrictTls.httpClient(tls.trust(), TIMEOUT), wire);
    this.app = rawClient("budget-app", "https://app.example.com/callback");
    this.other = rawClient("other-app", "https://other.example.com/callback");
    this.password = "pw-" + BrowserSession.random(random).reveal();
    this.passwordHash = PasswordHash.of(password, 64, 1);
    this.bankKey = jose.generate(SignatureAlgorithm.ES256, random);
    this.config = config(yaml -> yaml);
    startServer();
    this.bank = Bank.open(tls, jose, issuer, bankUrl, random);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawClient rawClient(String id, String callback) {
    return new RawClient(
        this,
        new ClientId(id),
        jose.generate(SignatureAlgorithm.ES256, random),
        jose.generate(SignatureAlgorithm.ES256, random),
        new RedirectUri(callback));
  }

  private Config config(UnaryOperator<String> change) {
    String yaml =
        """
        issuer: %s
        listen: {host: 127.0.0.1, port: %d}
        tls: {certificate: server.pem, key: server-key.pem}
        store: {path: state.db}
        dpop: {nonces: true, userinfo_nonces: true}
        scopes:
          - {name: accounts, description: See your accounts}
          - {name: profile, description: Know your name, claims: [name]}
        resources:
          - {indicator: '%s', scopes: accounts}
        clients:
          - client_id: budget-app
            name: Budget
            jwks: %s
            redirect_uris: ['https://app.example.com/callback']
            grant_types: [authorization_code, refresh_token, client_credentials]
            scope: openid profile accounts
          - client_id: other-app
            name: Other
            jwks: %s
            redirect_uris: ['https://other.example.com/callback']
            grant_types: [authorization_code]
            scope: openid accounts
        resource_servers:
          - {client_id: %s, resources: ['%s'], jwks: %s}
        users:
          - {username: %s, sub: %s, password: '%s', claims: {name: Anna Sund}}
        """
            .formatted(
                issuer,
                issuer.uri().getPort(),
                bankUrl,
                jwks(app.key()),
                jwks(other.key()),
                BANK,
                bankUrl,
                jwks(bankKey),
                USERNAME,
                SUBJECT,
                passwordHash.phc());
    try {
      return ConfigFile.parse("countersign.yaml", change.apply(yaml), folder);
    } catch (ConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static String jwks(SigningKey key) {
    return JwkSet.of(List.of(key.publicJwk())).toJson().toJson();
  }

  /** Starts the authorization server on its store. */
  void startServer() {
    store = SqliteStore.open(config.store());
    try {
      server = AuthorizationServer.start(config, store, jose, clock(), random);
    } catch (CannotListenException | InvalidTlsIdentityException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  /** The time, as the server sees it. */
  InstantSource clock() {
    return () -> Instant.now().plus(passed.get());
  }

  /** Time passes for all who go by {@link #clock}, and for nobody else. */
  void pass(Duration duration) {
    passed.updateAndGet(duration::plus);
  }

  /** Stops the authorization server and its store. */
  void stopServer() {
    server.close();
    store.close();
  }

  /** Stops the authorization server and starts it again on the same store. */
  void restartServer() {
    stopServer();
    startServer();
  }

  /** As above, with a changed configuration. */
  void restartServer(UnaryOperator<String> change) {
    stopServer();
    config = config(change);
    startServer();
  }

  /** Whether a token stands, by the server in this process, which may be another one later. */
  TokenStatus inProcess() {
    return new InProcess(this);
  }

  private record InProcess(World world) implements TokenStatus, OpaqueTokens {
    @Override
    public boolean stands(VerifiedAccessToken token, Instant now) {
      return world.standing().stands(token, now);
    }

    @Override
    public IntrospectionResponse introspect(AccessToken token, Instant now) {
      return world.standing().introspect(token, now);
    }
  }

  private InProcessStatus standing() {
    return new InProcessStatus(server.standing(), new ResourceIndicator(bankUrl.toString()));
  }

  /** Closes the bank, so that another may open in its place. */
  void stopBank() {
    bank.close();
  }

  /** The client library as the budget app, with nothing remembered of earlier instances. */
  FapiClient client() {
    return FapiClient.builder(issuer, app.id(), app.key(), app.redirectUri())
        .httpClient(http)
        .jose(jose)
        .dpopKey(app.dpopKey())
        .build();
  }

  /** The tokens of a journey by the client library. */
  Tokens journey(FapiClient client) throws ClientException {
    return journey(client, FlowRequest.of("openid profile accounts"));
  }

  /** The same for another request. */
  Tokens journey(FapiClient client, FlowRequest request) throws ClientException {
    URI url = client.begin(session.confirmStart(session.startToken()), request).value();
    return client.callback(session, agreed(url, password).getRawQuery());
  }

  /** Where the person is sent after she typed these passwords in turn and allowed it. */
  URI agreed(URI authorizationUrl, String... passwords) {
    try (Person person = new Person(tls.trust(), wire, USERNAME)) {
      return person.agree(authorizationUrl, passwords);
    }
  }

  /** What the server says of itself now. */
  AuthorizationServerMetadata metadata() {
    try {
      return AuthorizationServerMetadata.parse(document(issuer.openIdConfiguration()), issuer);
    } catch (InvalidMetadataException e) {
      throw new AssertionError(e);
    }
  }

  /** What the server tells the bank of a token. */
  Exchange introspection(AccessToken token) {
    RawClient asks = new RawClient(this, BANK, bankKey, bankKey, app.redirectUri());
    return asks.postPlainly(
        metadata().introspectionEndpoint().orElseThrow(),
        asks.authenticated(Form.builder().add("token", token.reveal()).build()));
  }

  /** Asks the server over HTTPS, by the bank's key. */
  Introspection asking(RemoteIssuer issuer, HttpsExchange exchange) {
    ResourceIndicator self = new ResourceIndicator(bankUrl().toString());
    return AskingApi.status(issuer, exchange, self, BANK, bankKey);
  }

  /** A JSON document that anybody may read. */
  JsonObject document(URI url) {
    try {
      return new HttpsFetcher(http, TIMEOUT, 64 * 1024).json(url);
    } catch (RemoteException e) {
      throw new AssertionError(e);
    }
  }

  /** The client that has all grants. */
  RawClient app() {
    return app;
  }

  /** A client with the code grant alone. */
  RawClient other() {
    return other;
  }

  /** The key of the bank when it asks the server. */
  SigningKey bankKey() {
    return bankKey;
  }

  /** The address of the bank. */
  URI bankUrl() {
    return bankUrl;
  }

  URI vault() {
    return bankUrl.resolve(Bank.VAULT);
  }

  URI accounts() {
    return bankUrl.resolve("/accounts");
  }

  Issuer issuer() {
    return issuer;
  }

  Jose jose() {
    return jose;
  }

  SecureRandom random() {
    return random;
  }

  Wire wire() {
    return wire;
  }

  TestTls tls() {
    return tls;
  }

  HttpClient http() {
    return http;
  }

  Store store() {
    return store;
  }

  /** The store's file; SQLite keeps others beside it whose names begin with its own. */
  Path storeFile() {
    return config.store();
  }

  String password() {
    return password;
  }

  PasswordHash passwordHash() {
    return passwordHash;
  }

  /** The session of the person's browser with the client. */
  BrowserSession session() {
    return session;
  }

  @Override
  public void close() {
    // First: a server that stops waits for connections that are still open.
    http.close();
    bank.close();
    stopServer();
  }
}
