package dev.countersign.demo.scene;

import dev.countersign.client.CodeBinding;
import dev.countersign.client.FapiClient;
import dev.countersign.client.FapiClientBuilder;
import dev.countersign.demo.bank.BankApi;
import dev.countersign.protocol.dpop.DpopNonces;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.protocol.oauth.RedirectUri;
import dev.countersign.protocol.oauth.ResourceIndicator;
import dev.countersign.remote.Freshness;
import dev.countersign.remote.HttpsExchange;
import dev.countersign.remote.HttpsFetcher;
import dev.countersign.remote.RemoteException;
import dev.countersign.remote.RemoteIssuer;
import dev.countersign.resource.ClientSigningKeys;
import dev.countersign.resource.InMemoryProofReplays;
import dev.countersign.resource.Introspection;
import dev.countersign.resource.IntrospectionCaller;
import dev.countersign.resource.IssuerKeys;
import dev.countersign.resource.Nonces;
import dev.countersign.resource.OpaqueTokens;
import dev.countersign.resource.PublicUrl;
import dev.countersign.resource.ResourceServer;
import dev.countersign.resource.TokenStatus;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.issue.TokenStanding;
import dev.countersign.server.metadata.EndpointUrls;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everybody on the stage: both servers at their doors, and the client with its keys. What they keep
 * is fresh and goes with the stage. May be used by any thread.
 */
public final class Scene {
  private static final int MAX_DOCUMENT = 256 * 1024;
  private static final int NONCE_KEY_BYTES = 32;

  private final Stage stage;
  private final Addresses at;
  private final List<Person> people;
  private final Signing signing;
  private final SigningKey clientKey;
  private final SigningKey dpopKey;
  private final SigningKey messageKey;
  private final SigningKey bankKey;
  private final SigningKey askingKey;
  private final SigningKey attackerKey;

  private Scene(Stage stage, Addresses at, List<Person> people, Signing signing) {
    this.stage = stage;
    this.at = at;
    this.people = List.copyOf(people);
    this.signing = signing;
    this.clientKey = key(stage);
    this.dpopKey = key(stage);
    this.messageKey = key(stage);
    this.bankKey = key(stage);
    this.askingKey = key(stage);
    this.attackerKey = key(stage);
  }

  /**
   * Where everybody is.
   *
   * @param issuer the authorization server
   * @param bank the bank's API
   * @param redirectUri where the client takes the person back
   */
  public record Addresses(Issuer issuer, URI bank, RedirectUri redirectUri) {}

  /**
   * A scene of the Security Profile: see {@link #open(Stage, Door, Door, RedirectUri, List,
   * Signing)}.
   */
  public static Scene open(
      Stage stage, Door server, Door bank, RedirectUri redirectUri, List<Person> people) {
    return open(stage, server, bank, redirectUri, people, Signing.AS_EVER);
  }

  /**
   * Sets the authorization server and the bank behind their doors; they answer when this returns.
   *
   * @param people who can log in
   * @param signing what server and bank demand of the client, and it of them
   */
  public static Scene open(
      Stage stage,
      Door server,
      Door bank,
      RedirectUri redirectUri,
      List<Person> people,
      Signing signing) {
    Addresses at =
        new Addresses(new Issuer(server.origin().toString()), bank.origin(), redirectUri);
    Scene scene = new Scene(stage, at, people, signing);
    TokenStanding standing = scene.startServer(server);
    RemoteIssuer issuer = scene.issuerOfTokens();
    if (signing.isOfMessages()) {
      scene.startBank(bank, issuer, scene.signedIntrospection(issuer));
    } else {
      scene.startBank(bank, issuer, new InProcessStatus(standing, scene.bankIndicator()));
    }
    return scene;
  }

  private static SigningKey key(Stage stage) {
    return stage.jose().generate(SignatureAlgorithm.ES256, stage.random());
  }

  private TokenStanding startServer(Door door) {
    DemoFolder folder = stage.keep(DemoFolder.create());
    var keys = new SceneConfig.Keys(clientKey, askingKey);
    var config = SceneConfig.of(at, folder.path(), keys, people, signing);
    Store store = stage.keep(SqliteStore.open(config.store()));
    AuthorizationServer.Hosted server =
        AuthorizationServer.hosted(
            config, store, stage.jose(), stage.clock(), stage.random(), stage.wire()::refused);
    door.serve(Party.SERVER, server.handler());
    return server.standing();
  }

  private ResourceIndicator bankIndicator() {
    return new ResourceIndicator(at.bank().toString());
  }

  private RemoteIssuer issuerOfTokens() {
    return new RemoteIssuer(
        new HttpsFetcher(stage.http(Party.BANK), Stage.TIMEOUT, MAX_DOCUMENT),
        at.issuer(),
        stage.clock(),
        new Freshness(Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofHours(1)));
  }

  /** Asks the server over HTTPS, and takes signed answers alone. */
  private Introspection signedIntrospection(RemoteIssuer issuer) {
    return Introspection.of(
            issuer,
            new HttpsExchange(stage.http(Party.BANK), Stage.TIMEOUT, MAX_DOCUMENT),
            new IntrospectionCaller.PrivateKeyJwt(
                Cast.BANK_ID, askingKey, stage.jose(), stage.random()),
            bankIndicator())
        .signed(stage.jose(), SignatureAlgorithm.ES256);
  }

  private <S extends TokenStatus & OpaqueTokens> void startBank(
      Door door, RemoteIssuer issuer, S status) {
    byte[] key = new byte[NONCE_KEY_BYTES];
    stage.random().nextBytes(key);
    DpopNonces nonces =
        new DpopNonces(stage.jose(), "rs", List.of(key), Duration.ofMinutes(5), stage.random());
    ResourceServer guard =
        ResourceServer.of(
                new ResourceServer.Settings(
                        at.issuer(),
                        bankIndicator(),
                        new PublicUrl(at.bank()),
                        new Nonces.On(nonces))
                    .describedAs(BankApi.DESCRIPTION.named(Cast.BANK_NAME)),
                stage.jose(),
                IssuerKeys.of(issuer),
                new InMemoryProofReplays(stage.clock().instant()),
                stage.clock())
            .asking(status)
            .takingOpaque(status);
    door.serve(
        Party.BANK,
        new BankApi(
            signed(guard),
            Cast.ledger(stage.clock().instant()),
            stage.clock(),
            stage.wire()::refused));
  }

  private ResourceServer signed(ResourceServer guard) {
    if (!signing.isOfMessages()) {
      return guard;
    }
    JwkSet clients = JwkSet.of(List.of(messageKey.publicJwk()));
    return guard
        .httpSignatures(ClientSigningKeys.fixed(Map.of(Cast.CLIENT_ID, clients)))
        .signResponses(bankKey);
  }

  /** The client, whose pushed requests carry a proof of its key. */
  public FapiClient client() {
    FapiClientBuilder client =
        FapiClient.builder(at.issuer(), Cast.CLIENT_ID, clientKey, at.redirectUri())
            .httpClient(stage.http(Party.CLIENT))
            .jose(stage.jose())
            .clock(stage.clock())
            .random(stage.random())
            .dpopKey(dpopKey)
            .codeBinding(CodeBinding.PAR_PROOF)
            .timeout(Stage.TIMEOUT);
    return signing.isOfMessages()
        ? client.signedRequests().signedResponses().httpSignatures(messageKey).build()
        : client.build();
  }

  /**
   * The key set that the authorization server publishes, fetched without being overheard.
   *
   * @throws RemoteException if the server does not answer
   */
  public JsonObject serverKeys() throws RemoteException {
    return new HttpsFetcher(stage.quietHttp(), Stage.TIMEOUT, MAX_DOCUMENT)
        .json(new EndpointUrls(at.issuer()).jwks());
  }

  /** The stage it stands on. */
  public Stage stage() {
    return stage;
  }

  /** Where everybody is. */
  public Addresses addresses() {
    return at;
  }

  /** Who can log in. */
  public List<Person> people() {
    return people;
  }

  /** What is signed. */
  public Signing signing() {
    return signing;
  }

  /** The key of the client's assertions, and of its signed requests to the server. */
  public SigningKey clientKey() {
    return clientKey;
  }

  /** The key that the client's tokens are bound to. */
  public SigningKey dpopKey() {
    return dpopKey;
  }

  /** The key by which the client signs its requests to the bank, if it does. */
  public SigningKey messageKey() {
    return messageKey;
  }

  /** The key by which the bank signs its answers, if it does. */
  public SigningKey bankKey() {
    return bankKey;
  }

  /** The key by which the bank authenticates when it asks about a token, if it does. */
  public SigningKey askingKey() {
    return askingKey;
  }

  /** A key that nobody's tokens are bound to. */
  public SigningKey attackerKey() {
    return attackerKey;
  }
}
