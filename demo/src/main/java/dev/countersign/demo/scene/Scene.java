package dev.countersign.demo.scene;

import dev.countersign.client.CodeBinding;
import dev.countersign.client.FapiClient;
import dev.countersign.demo.bank.BankApi;
import dev.countersign.demo.ca.LocalCa;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.HttpsServer;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.remote.StrictTls;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.IssuerKeys;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.PasswordHash;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * Everybody on the stage: both servers over HTTPS on this machine, and the client with its keys.
 * Closing it stops the servers and deletes what they kept.
 */
public final class Scene implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_DOCUMENT = 256 * 1024;
  private static final int NONCE_KEY_BYTES = 32;

  private final Jose jose;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Wire wire;
  private final LocalCa ca;
  private final SigningKey clientKey;
  private final SigningKey dpopKey;
  private final SigningKey attackerKey;
  private final String password;
  private final LateHandler serverHandler = new LateHandler();
  private final LateHandler bankHandler = new LateHandler();
  private final Belongings belongings = new Belongings();

  private Scene(Jose jose, InstantSource clock) {
    this.jose = jose;
    this.clock = clock;
    this.wire = new Wire(clock);
    this.ca = LocalCa.create(clock.instant(), random);
    this.clientKey = jose.generate(SignatureAlgorithm.ES256, random);
    this.dpopKey = jose.generate(SignatureAlgorithm.ES256, random);
    this.attackerKey = jose.generate(SignatureAlgorithm.ES256, random);
    this.password = DemoSecrets.password(random);
  }

  /**
   * Where everybody is.
   *
   * @param issuer the authorization server
   * @param bank the bank's API
   */
  public record Addresses(Issuer issuer, URI bank) {}

  /**
   * What can be chosen.
   *
   * @param asPort of the authorization server, 0 to 65535; 0 finds a free one
   * @param apiPort of the bank, likewise
   * @param jose all cryptography of the three parties
   * @param clock the time of all of them
   */
  public record Settings(int asPort, int apiPort, Jose jose, InstantSource clock) {}

  /** A scene whose servers are up. */
  public static Open open(Settings settings) throws CannotListenException {
    Scene scene = new Scene(settings.jose(), settings.clock());
    try {
      return new Open(scene, scene.start(settings));
    } catch (CannotListenException | RuntimeException e) {
      scene.close();
      throw e;
    }
  }

  /** A scene and where it is; whoever has it must close it. */
  public record Open(Scene scene, Addresses addresses) implements AutoCloseable {
    @Override
    public void close() {
      scene.close();
    }
  }

  private Addresses start(Settings settings) throws CannotListenException {
    HttpsServer server = listen(settings.asPort(), serverHandler);
    HttpsServer bank = listen(settings.apiPort(), bankHandler);
    Addresses addresses =
        new Addresses(
            new Issuer("https://localhost:" + server.port()),
            URI.create("https://localhost:" + bank.port()));
    startServer(addresses);
    startBank(addresses);
    return addresses;
  }

  private HttpsServer listen(int port, LateHandler handler) throws CannotListenException {
    return belongings.keep(
        HttpsServer.builder()
            .bind("127.0.0.1", port)
            .tls(ca.identity())
            .stopTimeout(Duration.ofSeconds(1))
            .handler(handler)
            .start());
  }

  private void startServer(Addresses at) {
    DemoFolder folder = belongings.keep(DemoFolder.create());
    var config =
        SceneConfig.of(
            at.issuer(),
            new ResourceIndicator(at.bank().toString()),
            folder.path(),
            clientKey,
            PasswordHash.of(password));
    Store store = belongings.keep(SqliteStore.open(config.store()));
    serverHandler.set(
        wire.tap(
            Party.SERVER,
            at.issuer().uri(),
            AuthorizationServer.handler(config, store, jose, clock, random, wire::refused)));
  }

  private void startBank(Addresses at) {
    byte[] key = new byte[NONCE_KEY_BYTES];
    random.nextBytes(key);
    DpopNonces nonces = new DpopNonces(jose, "rs", List.of(key), Duration.ofMinutes(5), random);
    RemoteIssuer issuer =
        new RemoteIssuer(
            new HttpsFetcher(http(), TIMEOUT, MAX_DOCUMENT),
            at.issuer(),
            clock,
            new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofHours(1)));
    ResourceServer guard =
        ResourceServer.of(
            new ResourceServer.Settings(
                at.issuer(),
                new ResourceIndicator(at.bank().toString()),
                new PublicUrl(at.bank()),
                new Nonces.On(nonces)),
            jose,
            IssuerKeys.of(issuer),
            new InMemoryProofReplays(clock.instant()),
            clock);
    bankHandler.set(
        wire.tap(
            Party.BANK,
            at.bank(),
            new BankApi(guard, Cast.ledger(clock.instant()), clock, wire::refused)));
  }

  /** The client, whose pushed requests carry a proof of its key. */
  public FapiClient client(Issuer issuer) {
    return FapiClient.builder(issuer, Cast.CLIENT_ID, clientKey, Cast.REDIRECT_URI)
        .httpClient(http())
        .jose(jose)
        .clock(clock)
        .random(random)
        .dpopKey(dpopKey)
        .codeBinding(CodeBinding.PAR_PROOF)
        .timeout(TIMEOUT)
        .build();
  }

  /** HTTP that trusts the scene's servers and nobody else. */
  public HttpClient http() {
    return belongings.keep(StrictTls.httpClient(ca.trust(), TIMEOUT));
  }

  /** All cryptography of the parties. */
  public Jose jose() {
    return jose;
  }

  /** The time of all parties. */
  public InstantSource clock() {
    return clock;
  }

  /** The source of all secrets. */
  public SecureRandom random() {
    return random;
  }

  /** What is overheard. */
  public Wire wire() {
    return wire;
  }

  /** The key of the client's assertions. */
  public SigningKey clientKey() {
    return clientKey;
  }

  /** The key that the client's tokens are bound to. */
  public SigningKey dpopKey() {
    return dpopKey;
  }

  /** A key that nobody's tokens are bound to. */
  public SigningKey attackerKey() {
    return attackerKey;
  }

  /** TLS of the person's browser, which trusts the scene's servers. */
  public SSLContext trust() {
    return ca.trust();
  }

  /** What the person types. */
  public String password() {
    return password;
  }

  @Override
  public void close() {
    belongings.close();
  }
}
