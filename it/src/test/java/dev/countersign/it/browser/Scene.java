package dev.countersign.it.browser;

import dev.countersign.client.FapiClient;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.Handler;
import dev.countersign.edge.HttpsServer;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.TlsIdentity;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.json.MalformedJsonException;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.pkce.CodeVerifier;
import dev.countersign.remote.StrictTls;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.Config;
import dev.countersign.server.config.ConfigException;
import dev.countersign.server.config.ConfigFile;
import dev.countersign.server.config.PasswordHash;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import dev.countersign.testkit.TestClock;
import dev.countersign.testkit.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The authorization server with an account, and the budget app: at another site than the server,
 * and with a front at a third origin. All live by one clock, which only the test moves.
 */
final class Scene implements AutoCloseable {
  /** The name of the account. */
  static final String USERNAME = "anna";

  /** Its password. */
  static final String PASSWORD = "correct horse battery staple";

  private static final List<String> TYPES =
      List.of(
          "payment_initiation", "account_information", "health_record_access", "document_signing");

  private static final TestTls TLS = TestTls.LOCALHOST;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final PasswordHash HASH = PasswordHash.of(PASSWORD, 64, 1);

  private final TestClock clock = new TestClock(Instant.now());
  private final Jose jose = Jose.jdk();
  private final SecureRandom random = new SecureRandom();
  private final URI issuer = URI.create("https://localhost:" + freePort());
  private final Front frontPage = new Front();
  private final HttpsServer frontServer = serve(frontPage);
  private final URI front = URI.create("https://localhost:" + frontServer.port() + "/");
  private final int appPort = freePort();
  private final URI app = URI.create("https://127.0.0.1:" + appPort + "/");
  private final HttpClient http = StrictTls.httpClient(TLS.trust(), TIMEOUT);
  private final SigningKey key = jose.generate(SignatureAlgorithm.ES256, random);
  private final Store store;
  private final AuthorizationServer server;
  private final BudgetApp budget;
  private final HttpsServer appServer;

  /** Starts everybody; what is kept goes into the folder. */
  Scene(Path folder) {
    this(folder, Optional.empty());
  }

  /** The same, but the budget app registered itself under this name. */
  static Scene ofClientThatRegistersItself(Path folder, String name) {
    return new Scene(folder, Optional.of(name));
  }

  private Scene(Path folder, Optional<String> registers) {
    TLS.write(folder);
    RedirectUri callback = new RedirectUri(app.resolve("/callback").toString());
    Config config = config(folder, callback);
    this.store = SqliteStore.open(config.store());
    try {
      this.server = AuthorizationServer.start(config, store, jose, clock, random);
    } catch (CannotListenException | InvalidTlsIdentityException e) {
      throw new AssertionError(e);
    }
    FapiClient client =
        FapiClient.builder(
                new Issuer(issuer.toString()),
                registers
                    .map(name -> registered(name, callback))
                    .orElseGet(() -> new ClientId("budget")),
                key,
                callback)
            .httpClient(http)
            .clock(clock)
            .transactionLifetime(Duration.ofHours(2))
            .build();
    this.budget = new BudgetApp(client, front, random);
    this.appServer = serve(appPort, budget);
  }

  private Config config(Path folder, RedirectUri callback) {
    String yaml =
        """
        issuer: %s
        listen: {host: 127.0.0.1, port: %d}
        tls: {certificate: server.pem, key: server-key.pem}
        store: {path: state.db}
        dpop: {nonces: true, userinfo_nonces: true}
        grant_management: {enabled: true}
        scopes:
          - name: accounts
            description: {en: See your accounts, de: Ihre Konten sehen}
          - name: profile
            description: {en: Know your name, de: Ihren Namen kennen}
            claims: [name]
        resources:
          - {indicator: 'https://bank.example', scopes: accounts}
        clients:
          - client_id: budget
            name: Budget
            jwks: %s
            redirect_uris: ['%s', '%s']
            grant_types: [authorization_code, refresh_token]
            scope: openid profile accounts
            authorization_details_types: %s
        dynamic_registration: {enabled: true, open: true, scope: openid profile accounts}
        authorization_details_types: %s
        users:
          - username: %s
            sub: u-anna
            password: '%s'
            claims: {name: Anna Sund}
            choices:
              accounts:
                - label: {en: Current account, de: Girokonto}
                  value: {iban: DE02120300000000202051}
                - label: {en: Savings, de: Sparkonto}
                  value: {iban: DE02500105170137075030, currency: EUR}
                - label: {en: 'Household, shared with Ben', de: 'Haushalt, gemeinsam mit Ben'}
                  value: {iban: DE02100500000054540402}
        """
            .formatted(
                issuer,
                issuer.getPort(),
                JwkSet.of(List.of(key.publicJwk())).toJson().toJson(),
                callback.value(),
                front,
                TYPES,
                TYPES,
                USERNAME,
                HASH.phc());
    try {
      return ConfigFile.parse("countersign.yaml", yaml, folder);
    } catch (ConfigException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private ClientId registered(String name, RedirectUri callback) {
    JsonObject metadata =
        JsonObject.builder()
            .put("client_name", name)
            .put("redirect_uris", List.of(callback.value()))
            .put("grant_types", List.of("authorization_code", "refresh_token"))
            .put("jwks", JwkSet.of(List.of(key.publicJwk())).toJson())
            .build();
    JsonObject answer =
        sent(
            HttpRequest.newBuilder(issuer.resolve("/register"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(metadata.toJson())));
    try {
      return new ClientId(answer.string("client_id").orElseThrow());
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpsServer serve(Handler handler) {
    return serve(0, handler);
  }

  private static HttpsServer serve(int port, Handler handler) {
    try {
      return HttpsServer.builder()
          .bind("127.0.0.1", port)
          .tls(TlsIdentity.of(List.of(TLS.certificate()), TLS.key()))
          .handler(handler)
          .start();
    } catch (CannotListenException | InvalidTlsIdentityException e) {
      throw new AssertionError(e);
    }
  }

  /** Budget, which makes its requests by hand and wants the answers at its front. */
  PlainClient byHand() {
    return new PlainClient(
        issuer,
        new ClientId("budget"),
        key,
        new RedirectUri(front.toString()),
        http,
        jose,
        random,
        clock,
        CodeVerifier.random(random));
  }

  private JsonObject sent(HttpRequest.Builder request) {
    try {
      return JsonObject.parse(answered(request).body());
    } catch (MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> answered(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The three sites, one of them by both its names. */
  Web web() {
    return Web.of(issuer, app, front, Front.onward(front));
  }

  /** Where the app begins. */
  URI app() {
    return app;
  }

  /** Where the app tells what came of a flow. */
  URI front() {
    return front;
  }

  /** What is there. */
  Front frontPage() {
    return frontPage;
  }

  /** Where the authorization server is. */
  URI issuer() {
    return issuer;
  }

  /** Where people log out of it. */
  URI logout() {
    return issuer.resolve("/logout");
  }

  /** Where people see whom they allowed what. */
  URI myGrants() {
    return issuer.resolve("/my-grants");
  }

  /** The app itself. */
  BudgetApp budget() {
    return budget;
  }

  /** Time passes. */
  void pass(Duration duration) {
    clock.advance(duration);
  }

  @Override
  public void close() {
    // First: a server that stops waits for connections that are still open.
    http.close();
    appServer.close();
    frontServer.close();
    server.close();
    store.close();
  }
}
