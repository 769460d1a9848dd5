package dev.countersign.demo.attacked;

import dev.countersign.attacker.deployment.Bounds;
import dev.countersign.attacker.deployment.ClientUnderTest;
import dev.countersign.attacker.deployment.Target;
import dev.countersign.attacker.deployment.TestCertificate;
import dev.countersign.attacker.deployment.TestIntrospection;
import dev.countersign.attacker.deployment.TestListener;
import dev.countersign.attacker.deployment.TestRegistration;
import dev.countersign.attacker.deployment.TestResource;
import dev.countersign.attacker.deployment.TestUser;
import dev.countersign.demo.ca.Issued;
import dev.countersign.demo.ca.RunningCa;
import dev.countersign.demo.scene.Cast;
import dev.countersign.demo.scene.DemoFolder;
import dev.countersign.demo.scene.DemoSecrets;
import dev.countersign.demo.scene.Door;
import dev.countersign.demo.scene.Person;
import dev.countersign.demo.scene.Stage;
import dev.countersign.edge.CannotListenException;
import dev.countersign.edge.ClientCertificates;
import dev.countersign.edge.InvalidTlsIdentityException;
import dev.countersign.edge.PortBusyException;
import dev.countersign.protocol.jose.Jose;
import dev.countersign.protocol.jose.JwkSet;
import dev.countersign.protocol.jose.SignatureAlgorithm;
import dev.countersign.protocol.jose.SigningKey;
import dev.countersign.protocol.json.JsonObject;
import dev.countersign.protocol.oauth.ClientId;
import dev.countersign.protocol.oauth.InitialAccessToken;
import dev.countersign.protocol.oauth.Issuer;
import dev.countersign.server.AuthorizationServer;
import dev.countersign.server.config.Config;
import dev.countersign.store.Store;
import dev.countersign.store.sql.SqliteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that there is to attack, on this machine alone: made up, fresh, and gone when it is
 * closed. The authorization server is the one that {@code serve} runs, with all that it has turned
 * on. May be used by any thread.
 */
public final class AttackedScene implements AutoCloseable {
  /** Another program may take a port that was found free before it is listened on. */
  private static final int ATTEMPTS = 5;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Stage stage;
  private final RunningCa ca;
  private final Doors doors;
  private final Places at;
  private final AttackedClients clients;
  private final AttackedConfig.Keys keys;
  private final SigningKey answersKey;
  private final SigningKey messagesKey;
  private final List<Person> people;
  private final InitialAccessToken initial;
  private final Issued hostile;

  private record Doors(Door bank, Door otherBank, Door signedBank, Door app, Door signingApp) {}

  private AttackedScene(Stage stage, RunningCa ca, Doors doors, Places at) {
    SecureRandom random = stage.random();
    this.stage = stage;
    this.ca = ca;
    this.doors = doors;
    this.at = at;
    this.clients = AttackedClients.create(stage, ca);
    this.keys = new AttackedConfig.Keys(key(stage), key(stage), key(stage));
    this.messagesKey = key(stage);
    this.answersKey = key(stage);
    this.people =
        List.of(Cast.anna(DemoSecrets.password(random)), Cast.ben(DemoSecrets.password(random)));
    this.initial = InitialAccessToken.random(random);
    this.hostile = ca.server();
  }

  /**
   * Opens all of it; everybody but the attacker answers when this returns.
   *
   * @param jose all cryptography of the parties
   * @param clock the time of all parties; the real one, as that of TLS is
   * @throws CannotListenException if no ports of 127.0.0.1 can be listened on
   */
  public static AttackedScene open(Jose jose, InstantSource clock) throws CannotListenException {
    for (int attempt = 1; ; attempt++) {
      RunningCa ca = RunningCa.create(clock.instant(), new SecureRandom());
      Stage stage = new Stage(new Stage.Settings(jose, clock, ca.local()));
      try {
        return set(stage, ca);
      } catch (PortBusyException e) {
        stage.close();
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (CannotListenException | RuntimeException | Error e) {
        stage.close();
        throw e;
      }
    }
  }

  private static AttackedScene set(Stage stage, RunningCa ca) throws CannotListenException {
    Doors doors =
        new Doors(
            stage.door("localhost", 0, ClientCertificates.WANTED),
            stage.door("localhost", 0, ClientCertificates.WANTED),
            stage.door("localhost", 0, ClientCertificates.WANTED),
            stage.door("localhost", 0),
            stage.door("localhost", 0));
    List<Integer> free = FreePorts.find(3, stage.random());
    Places at =
        new Places(
            new Issuer("https://localhost:" + free.get(0)),
            URI.create("https://localhost:" + free.get(1)),
            doors.bank().origin(),
            doors.otherBank().origin(),
            doors.signedBank().origin(),
            doors.app().origin(),
            doors.signingApp().origin(),
            URI.create("https://127.0.0.1:" + free.get(2)));
    AttackedScene scene = new AttackedScene(stage, ca, doors, at);
    scene.play(scene.serve());
    return scene;
  }

  private static SigningKey key(Stage stage) {
    return stage.jose().generate(SignatureAlgorithm.ES256, stage.random());
  }

  private AuthorizationServer serve() throws CannotListenException {
    Path folder = stage.keep(DemoFolder.create()).path();
    write(folder.resolve(AttackedConfig.SERVER_PEM), ca.server().pem());
    write(folder.resolve(AttackedConfig.CLIENT_AUTHORITY_PEM), ca.clientAuthorityPem());
    Config config = new AttackedConfig(at, clients, keys, people, initial).in(folder);
    Store store = stage.keep(SqliteStore.open(config.store()));
    try {
      return stage.keep(
          AuthorizationServer.start(config, store, stage.jose(), stage.clock(), stage.random()));
    } catch (InvalidTlsIdentityException e) {
      throw new IllegalStateException("a certificate that was just made is not usable", e);
    }
  }

  /** The folder is this user's alone. */
  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("the temporary folder cannot be written", e);
    }
  }

  private void play(AuthorizationServer server) {
    AttackedBanks banks = new AttackedBanks(stage, at.issuer(), server.standing());
    doors.bank().serve(banks.at(at.bank()));
    doors.otherBank().serve(banks.at(at.otherBank()));
    doors.signedBank().serve(banks.signedAt(at.signedBank(), messageKeys(), answersKey));
    LuredClients lured = new LuredClients(stage, at);
    doors.app().serve(new LuredApp(lured.plain(keys.app()), at, at.bank(), stage.random()));
    LuredApp.Clients signing = lured.signing(keys.signingApp(), messagesKey);
    doors.signingApp().serve(new LuredApp(signing, at, at.signedBank(), stage.random()));
  }

  private Map<ClientId, JwkSet> messageKeys() {
    Map<ClientId, JwkSet> all = new HashMap<>(clients.messageKeys());
    all.put(AttackedConfig.SIGNING_APP, JwkSet.of(List.of(messagesKey.publicJwk())));
    return all;
  }

  /** The complete description, with the keys and passwords of everybody whom an attacker plays. */
  public Target target() {
    return new Target(
        at.issuer(),
        new Bounds(at.hosts(), 500, 100_000, TIMEOUT, true),
        List.of(ca.local().certificate()),
        clients.all(),
        people.stream().map(AttackedScene::user).toList(),
        List.of(
            resource(at.bank(), Optional.empty()),
            resource(at.otherBank(), Optional.empty()),
            resource(at.signedBank(), Optional.of(answersKey))),
        Optional.of(new TestIntrospection(AttackedConfig.ASKING, keys.asking(), false)),
        Optional.of(registration()),
        Optional.of(listener()),
        List.of(clientUnderTest(), signingClientUnderTest()));
  }

  private static TestUser user(Person person) {
    return new TestUser(
        person.username(),
        Map.of("username", person.username(), "password", person.password()),
        List.of("login", "allow"));
  }

  private static TestResource resource(URI bank, Optional<SigningKey> signing) {
    return new TestResource(
        bank.resolve("/accounts"),
        Optional.of(bank.toString()),
        Cast.AT_THE_BANK.toString(),
        Optional.of(bank.resolve("/accounts/" + Cast.BENS_ACCOUNT + "/transactions")),
        signing.isPresent(),
        signing.map(SigningKey::publicJwk));
  }

  private TestRegistration registration() {
    return new TestRegistration(
        Optional.of(initial),
        JsonObject.builder()
            .put("client_name", "Registered by itself")
            .put("grant_types", List.of("authorization_code", "refresh_token"))
            .put("scope", LuredApp.SCOPE)
            .build());
  }

  private TestListener listener() {
    return new TestListener(
        "127.0.0.1",
        at.hostile().getPort(),
        at.hostile(),
        certificate(hostile),
        Optional.of(certificate(ca.namedServer())),
        Optional.of(certificate(ca.expiredServer())));
  }

  private static TestCertificate certificate(Issued issued) {
    return new TestCertificate(issued.chain(), issued.key());
  }

  private ClientUnderTest clientUnderTest() {
    return new ClientUnderTest(
        LuredApp.Side.HOSTILE.start(at.app()),
        LuredApp.Side.HONEST.start(at.app()),
        LuredApp.Side.HOSTILE.callback(at.app()),
        LuredApp.Side.HONEST.callback(at.app()),
        at.app().resolve("/whoami"),
        Optional.of(at.app().resolve("/data")),
        Optional.empty(),
        AttackedConfig.APP,
        AttackedConfig.APP,
        false,
        false);
  }

  private ClientUnderTest signingClientUnderTest() {
    return new ClientUnderTest(
        LuredApp.Side.HOSTILE.start(at.signingApp()),
        LuredApp.Side.HONEST.start(at.signingApp()),
        LuredApp.Side.HOSTILE.callback(at.signingApp()),
        LuredApp.Side.HONEST.callback(at.signingApp()),
        at.signingApp().resolve("/whoami"),
        Optional.of(at.signingApp().resolve("/data")),
        Optional.of(at.signingApp().resolve("/data/hostile")),
        AttackedConfig.SIGNING_APP,
        AttackedConfig.SIGNING_APP,
        true,
        true);
  }

  @Override
  public void close() {
    stage.close();
  }
}
